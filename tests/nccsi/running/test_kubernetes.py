"""The manifests in deploy/kubernetes: valid by the schemas of Kubernetes, and the same deployment as compose has."""

import copy
import re
from typing import Any

import kubernetes_validate
import pytest
import yaml

from tests.environment import BASE_DIR

VERSIONS = ("1.34", "1.37")
DEPLOY = BASE_DIR / "deploy"
KUSTOMIZATION: dict[str, Any] = yaml.safe_load((DEPLOY / "kustomization.yaml").read_text())
OBJECTS: list[dict[str, Any]] = [
    each for name in KUSTOMIZATION["resources"] for each in yaml.safe_load_all((DEPLOY / name).read_text())
]
SECRET = set(re.findall(r"^([A-Z_]+)=$", (DEPLOY / "kubernetes" / "secret.example.env").read_text(), re.MULTILINE))
EXAMPLE = (BASE_DIR / ".env.example").read_text()


def called(each: dict[str, Any]) -> str:
    return f"{each['kind']} {each['metadata']['name']}"


BY_NAME = {called(each): each for each in OBJECTS}
PODS = {name: each["spec"]["template"]["spec"] for name, each in BY_NAME.items() if "template" in each.get("spec", {})}
CONTAINERS = {
    f"{name}: {each['name']}": each
    for name, pod in PODS.items()
    for each in [*pod.get("initContainers", []), *pod["containers"]]
}


@pytest.mark.parametrize("version", VERSIONS)
def test_valid_by_the_schemas_of_kubernetes(version: str) -> None:
    for each in OBJECTS:
        kubernetes_validate.validate(each, version, strict=True)


def test_what_is_not_valid_is_found() -> None:
    wrong = copy.deepcopy(BY_NAME["Deployment web"])
    wrong["spec"]["template"]["spec"]["containers"][0]["livenessProb"] = {}
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(wrong, VERSIONS[0], strict=True)


def test_every_file_is_applied() -> None:
    there = {f"kubernetes/{path.name}" for path in (DEPLOY / "kubernetes").glob("*.yaml")}
    assert set(KUSTOMIZATION["resources"]) == there
    (generated,) = KUSTOMIZATION["configMapGenerator"]
    assert all((DEPLOY / name).is_file() for name in generated["files"])


def test_no_container_has_rights_and_each_has_its_limits() -> None:
    for name, pod in PODS.items():
        user = pod["securityContext"]
        assert (user["runAsNonRoot"], user["seccompProfile"]["type"]) == (True, "RuntimeDefault"), name
        assert pod["automountServiceAccountToken"] is False, name
        assert not {"hostNetwork", "hostPID", "hostIPC"} & set(pod), name
        assert not [volume for volume in pod["volumes"] if "hostPath" in volume], name
    for name, container in CONTAINERS.items():
        assert container["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }, name
        assert "memory" in container["resources"]["limits"], name


def test_what_lasts_is_asked_whether_it_lives() -> None:
    for name, container in CONTAINERS.items():
        if name.startswith("Deployment") and not name.endswith(": migrated"):
            assert "livenessProbe" in container, name
    worker = CONTAINERS["Deployment worker: worker"]["livenessProbe"]
    assert worker["failureThreshold"] * worker["periodSeconds"] >= 1800, "it is asked through Redis, which may be away"
    web = CONTAINERS["Deployment web: web"]
    for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
        assert web[probe]["httpGet"]["path"] == "/health/", "what all have in common takes none of them away"


def test_an_upgrade_takes_nobody_away_and_waits_for_the_database() -> None:
    for name in ("web", "proxy"):
        deployment, pod = BY_NAME[f"Deployment {name}"], PODS[f"Deployment {name}"]
        assert deployment["spec"]["replicas"] >= 2
        assert deployment["spec"]["strategy"]["rollingUpdate"]["maxUnavailable"] == 0
        assert f"PodDisruptionBudget {name}" in BY_NAME
        assert pod["terminationGracePeriodSeconds"] > 30
        assert pod["containers"][0]["lifecycle"]["preStop"]
    assert BY_NAME["Deployment beat"]["spec"]["replicas"] == 1
    assert BY_NAME["Deployment beat"]["spec"]["strategy"] == {"type": "Recreate"}
    for name in ("web", "worker"):
        (waits,) = PODS[f"Deployment {name}"]["initContainers"]
        assert waits["command"] == ["python", "manage.py", "migrate", "--check"]


def test_what_selects_finds_its_pods() -> None:
    labels = {name: BY_NAME[name]["spec"]["template"]["metadata"]["labels"] for name in PODS}
    for name, each in BY_NAME.items():
        selector = each.get("spec", {}).get("selector")
        if selector:
            wanted = selector.get("matchLabels", selector)
            assert [pod for pod, has in labels.items() if wanted.items() <= has.items()] == [
                name if name in PODS else f"Deployment {each['metadata']['name']}"
            ], name


def test_every_required_setting_is_given_and_none_is_invented() -> None:
    known = set(re.findall(r"^#?([A-Z_]+)=", EXAMPLE, re.MULTILINE))
    of_compose = {"POSTGRES_PASSWORD", "REDIS_PASSWORD"}
    given = set(BY_NAME["ConfigMap portal"]["data"]) | SECRET
    assert given <= known - of_compose
    assert given >= set(re.findall(r"^([A-Z_]+)=", EXAMPLE, re.MULTILINE)) - of_compose
    assert given >= {"DATABASE_URL", "REDIS_URL", "CACHE_URL", "MEDIA_STORAGE", "ERASURES_STORAGE"}, (
        "which several machines share"
    )
    assert not [name for name in BY_NAME if name.startswith("Secret")]


def test_the_proxy_finds_what_its_configuration_names() -> None:
    nginx = (DEPLOY / "nginx.conf").read_text()
    (port,) = BY_NAME["Service web"]["spec"]["ports"]
    assert set(re.findall(r"server (web:\d+)", nginx)) == {f"web:{port['port']}"}
    (proxy,) = PODS["Deployment proxy"]["containers"]
    assert proxy["image"] == yaml.safe_load((BASE_DIR / "docker-compose.yml").read_text())["services"]["proxy"]["image"]
    listens = {int(number) for number in re.findall(r"listen (\d+)", nginx)}
    assert {each["containerPort"] for each in proxy["ports"]} == listens
    assert BY_NAME["Service proxy"]["spec"]["externalTrafficPolicy"] == "Local", "limits count by address"
