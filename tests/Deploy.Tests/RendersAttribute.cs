namespace Actors.Deploy.Tests;

/// <summary>A theory over the overlays, skipped where there is no kubectl to render them.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RendersAttribute : TheoryAttribute
{
    public RendersAttribute()
    {
        if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "kubectl"))))
        {
            Skip = "kubectl is not installed, so the overlays cannot be rendered";
        }
    }
}
