using YamlDotNet.RepresentationModel;

namespace Actors.Deploy.Tests;

/// <summary>The manifests against the code they deploy: ports, probes, time to stop, settings, and what a container may do.</summary>
public sealed class OverlayTests
{
    private static readonly string[] Programs = ["actors-silo", "actors-gateway"];
    private readonly KnownSettings _known = new();

    [Renders]
    [InlineData("local")]
    [InlineData("production")]
    public void Every_setting_is_one_that_the_code_reads(string overlay)
    {
        var rendered = RenderedOverlay.Of(overlay);
        foreach (var program in Programs)
        {
            var settings = rendered.SettingsOf(rendered.Single("Deployment", program));
            var ours = settings.Keys.Where(name => name.StartsWith("Actors", StringComparison.Ordinal)).ToArray();
            Assert.NotEmpty(ours);
            Assert.All(ours, name => Assert.True(_known.Contains(name), $"nothing reads {name}"));
            Assert.All(settings.Keys.Except(ours), name => Assert.True(name is "POD_NAME" or "POD_IP" || name.StartsWith("OTEL_", StringComparison.Ordinal), $"nothing reads {name}"));
        }
    }

    [Fact]
    public void A_mistyped_setting_is_not_taken_for_one_that_the_code_reads()
    {
        Assert.True(_known.Contains("Actors__Cluster__SiloPort"));
        Assert.True(_known.Contains("Actors__Access__ApiKeys__0__Scopes__1"));
        Assert.True(_known.Contains("Actors__Cluster__Tls__KeyFile"));
        Assert.False(_known.Contains("Actors__Cluster__SiloProt"));
        Assert.False(_known.Contains("Actors__Access__ApiKeys__0__Scope"));
        Assert.False(_known.Contains("Actors__Clutser__SiloPort"));
    }

    [Renders]
    [InlineData("local")]
    [InlineData("production")]
    public void Ports_are_those_at_which_the_programs_listen(string overlay)
    {
        var rendered = RenderedOverlay.Of(overlay);
        var silo = rendered.Single("Deployment", "actors-silo");
        var settings = rendered.SettingsOf(silo);
        Assert.Equal(_known.DefaultOf("ClusterOptions", "SiloPort"), silo.Container().Port("silo"));
        Assert.Equal(_known.DefaultOf("ClusterOptions", "GatewayPort"), silo.Container().Port("cluster-gateway"));
        Assert.Equal(settings["Actors__Cluster__SiloPort"], silo.Container().Port("silo").ToString());
        Assert.Equal(settings["Actors__Cluster__GatewayPort"], silo.Container().Port("cluster-gateway").ToString());
        Assert.Equal(new Uri(settings["Actors__Cluster__HealthListen"]).Port, silo.Container().Port("health"));

        var gateway = rendered.Single("Deployment", "actors-gateway");
        Assert.Equal(new Uri(rendered.SettingsOf(gateway)["Actors__Listen"]).Port, gateway.Container().Port("http"));
        Assert.Equal("http", Assert.Single(rendered.Single("Service", "actors-gateway").At("spec").Items("ports")).Text("targetPort"));
    }

    [Renders]
    [InlineData("local", "src/Silo/Health/SiloHealth.cs", "actors-silo", "health")]
    [InlineData("local", "src/Gateway/Health/HealthEndpoints.cs", "actors-gateway", "http")]
    [InlineData("production", "src/Silo/Health/SiloHealth.cs", "actors-silo", "health")]
    [InlineData("production", "src/Gateway/Health/HealthEndpoints.cs", "actors-gateway", "http")]
    public void Probes_ask_what_the_programs_answer(string overlay, string source, string deployment, string port)
    {
        var code = File.ReadAllText(Path.Combine(RepositoryRoot.Path, source));
        var container = RenderedOverlay.Of(overlay).Single("Deployment", deployment).Container();
        foreach (var (probe, route) in new[] { ("startupProbe", "/startup"), ("readinessProbe", "/ready"), ("livenessProbe", "/live") })
        {
            Assert.Equal("/health" + route, container.Text($"{probe}/httpGet/path"));
            Assert.Equal(port, container.Text($"{probe}/httpGet/port"));
            Assert.Contains($"MapGet(\"{route}\"", code);
            Assert.Contains("MapGroup(\"/health\")", code);
        }
    }

    [Renders]
    [InlineData("local")]
    [InlineData("production")]
    public void A_stopping_process_has_longer_than_its_drain(string overlay)
    {
        var rendered = RenderedOverlay.Of(overlay);
        var silo = rendered.Single("Deployment", "actors-silo");
        Assert.True(silo.Pod().Number("terminationGracePeriodSeconds") * 1_000 > int.Parse(rendered.SettingsOf(silo)["Actors__Cluster__DrainMs"]));

        var gateway = rendered.Single("Deployment", "actors-gateway");
        var settings = rendered.SettingsOf(gateway);
        var notice = int.Parse(settings["Actors__Http__StopNoticeMs"]);
        Assert.True(gateway.Pod().Number("terminationGracePeriodSeconds") * 1_000 > notice + int.Parse(settings["Actors__Http__DrainMs"]));
        var readiness = gateway.Container().At("readinessProbe");
        Assert.True(notice > readiness.Number("periodSeconds") * 1_000 + readiness.Number("timeoutSeconds") * 1_000, "the port closes before the probe has seen that it will");
    }

    [Renders]
    [InlineData("local")]
    [InlineData("production")]
    public void New_pods_come_before_old_ones_go_and_no_more_than_one_goes_at_a_time(string overlay)
    {
        var rendered = RenderedOverlay.Of(overlay);
        foreach (var program in Programs)
        {
            var update = rendered.Single("Deployment", program).At("spec/strategy/rollingUpdate");
            Assert.Equal(("1", "0"), (update.Text("maxSurge"), update.Text("maxUnavailable")));
            Assert.Equal("1", rendered.Single("PodDisruptionBudget", program).Text("spec/maxUnavailable"));
            Assert.NotNull(rendered.Single("NetworkPolicy", program));
        }

        Assert.Equal("actors-gateway", rendered.Single("HorizontalPodAutoscaler", "actors-gateway").Text("spec/scaleTargetRef/name"));
    }

    [Renders]
    [InlineData("local")]
    [InlineData("production")]
    public void Our_containers_may_do_nothing_that_they_need_not(string overlay)
    {
        var rendered = RenderedOverlay.Of(overlay);
        YamlMappingNode[] workloads = [.. Programs.Select(program => rendered.Single("Deployment", program)), rendered.Single("Job", "actors-migration")];
        foreach (var workload in workloads)
        {
            var (pod, container) = (workload.Pod(), workload.Container());
            Assert.Equal("false", pod.Text("automountServiceAccountToken"));
            Assert.Equal("true", pod.Text("securityContext/runAsNonRoot"));
            Assert.Equal("RuntimeDefault", pod.Text("securityContext/seccompProfile/type"));
            Assert.Equal("true", container.Text("securityContext/readOnlyRootFilesystem"));
            Assert.Equal("false", container.Text("securityContext/allowPrivilegeEscalation"));
            Assert.Equal("ALL", Assert.Single(container.At("securityContext/capabilities").Items("drop")).ToString());
            Assert.NotNull(container.At("resources/limits/memory"));
        }
    }

    [Renders]
    [InlineData("production")]
    public void Secrets_are_only_referred_to(string overlay)
    {
        var rendered = RenderedOverlay.Of(overlay);
        Assert.Empty(rendered.OfKind("Secret"));
        foreach (var container in rendered.OfKind("Deployment").Select(deployment => deployment.Container()))
        {
            var database = Assert.Single(container.Items("env"), variable => variable.Text("name") == "Actors__Store");
            Assert.Equal("actors-database", database.Text("valueFrom/secretKeyRef/name"));
            Assert.Equal("node", database.Text("valueFrom/secretKeyRef/key"));
        }
    }

    [Renders]
    [InlineData("local")]
    [InlineData("production")]
    public void Whatever_is_referred_to_by_mounts_is_there(string overlay)
    {
        foreach (var deployment in RenderedOverlay.Of(overlay).OfKind("Deployment"))
        {
            var volumes = deployment.Pod().Items("volumes").Select(volume => volume.Text("name")).ToHashSet();
            Assert.All(deployment.Container().Items("volumeMounts"), mount => Assert.Contains(mount.Text("name"), volumes));
        }
    }
}
