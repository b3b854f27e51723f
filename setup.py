"""Packaging of the Reverse Mentoring XBlocks.

The top-level ``static/`` and ``translations/`` are installed inside the package, where the platform looks for
them. In the source tree the package reaches them through symbolic links, so that an editable install works too.
"""

from pathlib import Path

from setuptools import find_packages, setup

PACKAGE = "reverse_mentoring_xblock"
RESOURCES = {f"{PACKAGE}.static": "static", f"{PACKAGE}.translations": "translations"}
BLOCKS = {
    "reverse_mentoring": "home_block:ProgrammeHomeXBlock",
    "reverse_mentoring_training": "training_block:TrainingXBlock",
    "reverse_mentoring_assessment": "assessment_block:AssessmentXBlock",
    "reverse_mentoring_pairing": "pairing_block:PairingXBlock",
    "reverse_mentoring_journal": "journal_block:JournalXBlock",
}
APP = f"reverse_mentoring = {PACKAGE}.apps:ReverseMentoringConfig"

setup(
    name="reverse-mentoring-xblock",
    version="0.1.0",
    description="A reverse mentoring programme inside the courses of an LMS: five XBlocks over one Django app.",
    long_description=Path(__file__).with_name("README.md").read_text(encoding="utf-8"),
    long_description_content_type="text/markdown",
    license="Apache-2.0",
    python_requires=">=3.11",
    packages=[
        *find_packages(include=[PACKAGE, f"{PACKAGE}.*"], exclude=[*RESOURCES, *(f"{r}.*" for r in RESOURCES)]),
        *RESOURCES,
    ],
    package_dir=RESOURCES,
    package_data={
        PACKAGE: [
            "templates/**/*",
            "content/**/*.yaml",
            "standalone/templates/**/*",
            "standalone/static/**/*",
            "py.typed",
        ],
        **{name: ["**/*"] for name in RESOURCES},
    },
    install_requires=[
        "XBlock>=5.2",  # the block API; brings web-fragments in the version that it needs
        "Django>=4.2,<6",  # rows, templates, forms; the two long-term releases that Open edX runs on
        "edx-opaque-keys[django]>=2.5",  # course and usage keys, and the model field for them
        "PyYAML>=6",  # the shipped content: item bank, training packs, prompts
        "Markdown>=3.4",  # authored text; in the platform already
        "nh3>=0.2",  # cleans the HTML made from authored text; the platform's own choice
        "numpy>=1.26",  # the matching engine, and reliability worked out offline; in the platform already
    ],
    extras_require={
        "standalone": [
            "XBlock[django]",  # turns Django's requests into the ones that handlers read
            "django-crum>=0.7.9",  # who is really asking, as the LMS knows it
            "whitenoise>=6.6",  # serves the small site's style sheet without a collectstatic step
            "tzdata",  # time zones where the operating system has none
        ],
        "queue": [
            "celery>=5.3,<6",  # workers for large rounds on a small site with a broker; the platform has it already
        ],
    },
    entry_points={
        "xblock.v1": [f"{name} = {PACKAGE}.{target}" for name, target in BLOCKS.items()],
        "lms.djangoapp": [APP],
        "cms.djangoapp": [APP],
        "console_scripts": [f"reverse-mentoring = {PACKAGE}.standalone.command:main"],
    },
    classifiers=[
        "Framework :: Django :: 4.2",
        "Framework :: Django :: 5.2",
        "Programming Language :: Python :: 3.11",
        "Programming Language :: Python :: 3.12",
    ],
)
