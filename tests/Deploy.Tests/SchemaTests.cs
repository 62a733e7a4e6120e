using k8s;
using k8s.Models;
using YamlDotNet.Core;

namespace Actors.Deploy.Tests;

/// <summary>
/// The manifests against Kubernetes' own types: each kind and version, field, number and quantity is one that Kubernetes knows. That a field is left out that must
/// be there is not seen here.
/// </summary>
public sealed class SchemaTests
{
    [Renders]
    [InlineData("local")]
    [InlineData("production")]
    public void Every_field_is_one_that_Kubernetes_knows(string overlay)
    {
        var rendered = RenderedOverlay.Of(overlay);
        var typed = Load(rendered.Yaml).Cast<IKubernetesObject<V1ObjectMeta>>().ToArray();

        Assert.Equal(
            rendered.Objects.Select(one => (one.Text("apiVersion"), one.Text("kind"), one.Text("metadata/name"))),
            typed.Select(one => (one.ApiVersion, one.Kind, one.Metadata.Name)));
        Assert.Contains(typed, one => one is V1Deployment { Metadata.Name: "actors-silo", Spec.Template.Spec.TerminationGracePeriodSeconds: > 0 });
    }

    [Renders]
    [InlineData("replicas: ", "replicsa: ")]
    [InlineData("maxUnavailable: ", "maxUnavailabel: ")]
    [InlineData("readOnlyRootFilesystem: ", "readonlyRootFilesystem: ")]
    [InlineData("failureThreshold: ", "failureTreshold: ")]
    [InlineData("podSelector:", "podSelectors:")]
    [InlineData("averageUtilization: ", "averageUtilisation: ")]
    [InlineData("backoffLimit: ", "backOffLimit: ")]
    public void A_misspelt_field_is_found(string field, string misspelt)
    {
        var rendered = RenderedOverlay.Of("production").Yaml;
        Assert.Contains(field, rendered);
        var refusal = Assert.Throws<YamlException>(() => Load(rendered.Replace(field, misspelt, StringComparison.Ordinal)));
        Assert.Contains($"'{misspelt.TrimEnd(' ', ':')}' not found", refusal.Message);
    }

    [Renders]
    [InlineData("memory: 16Gi", "memory: 16Gb")]
    [InlineData("periodSeconds: 2", "periodSeconds: often")]
    public void A_value_of_another_kind_is_found(string field, string wrong)
    {
        var rendered = RenderedOverlay.Of("production").Yaml;
        Assert.Contains(field, rendered);
        Assert.Throws<YamlException>(() => Load(rendered.Replace(field, wrong, StringComparison.Ordinal)));
    }

    [Renders]
    [InlineData("kind: NetworkPolicy", "kind: NetworkPolice")]
    [InlineData("apiVersion: autoscaling/v2", "apiVersion: autoscaling/v3")]
    public void A_kind_or_version_that_is_none_is_found(string field, string wrong)
    {
        var rendered = RenderedOverlay.Of("production").Yaml;
        Assert.Contains(field, rendered);
        Assert.Throws<KeyNotFoundException>(() => Load(rendered.Replace(field, wrong, StringComparison.Ordinal)));
    }

    private static List<object> Load(string yaml) => KubernetesYaml.LoadAllFromString(yaml, strict: true);
}
