namespace Actors.Grains.Due;

/// <summary>
/// The cluster's one reminder, key 0: asks the store which chains have something due and wakes them, so that a chain that nobody calls and that is open nowhere
/// still expires its pendings and settles its packets.
/// </summary>
[Alias("actors.due")]
internal interface IDueGrain : IGrainWithIntegerKey
{
    const long Key = 0;

    /// <summary>Sees to it that the reminder is there. Each silo says so when it starts.</summary>
    [Alias("start")]
    Task StartAsync();
}
