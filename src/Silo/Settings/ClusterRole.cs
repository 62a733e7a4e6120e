namespace Actors.Silo.Settings;

/// <summary>What a process of the cluster does.</summary>
internal enum ClusterRole
{
    /// <summary>Hosts grains and serves HTTP.</summary>
    Both,

    /// <summary>Hosts grains.</summary>
    Silo,

    /// <summary>Serves HTTP, and calls the grains of silos.</summary>
    Gateway,
}
