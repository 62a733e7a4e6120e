namespace Actors.Grains.Due;

/// <summary>How often the cluster looks which chains have something due.</summary>
public sealed class DueOptions
{
    public TimeSpan Every { get; set; } = TimeSpan.FromMinutes(1);
}
