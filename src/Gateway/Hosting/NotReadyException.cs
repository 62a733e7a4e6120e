namespace Actors.Gateway.Hosting;

/// <summary>The node is not open yet, or is stopping.</summary>
internal sealed class NotReadyException(string message) : Exception(message);
