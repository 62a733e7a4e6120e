using System.Reflection;
using Actors.Grains.Submissions;

namespace Actors.ClusterTests.Callers;

internal static class Batches
{
    /// <summary>A batch with bytes that its own constructor would refuse, as somebody's own serializer could send it.</summary>
    public static EnvelopeBatch Raw(byte[] bytes) =>
        (EnvelopeBatch)typeof(EnvelopeBatch).GetConstructor(BindingFlags.Instance | BindingFlags.NonPublic, [typeof(byte[])])!.Invoke([bytes]);
}
