namespace Actors.Engine.Faults;

/// <summary>Whoever runs the chain cannot be reached now. Nothing of the request was recorded.</summary>
public sealed class UnreachableException(string message, Exception? inner = null) : EngineFaultException(message, TimeSpan.FromSeconds(1), inner);
