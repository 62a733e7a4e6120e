namespace Actors.Gateway.Settings;

/// <summary>The gateway does not start, and the message says what to change. Shown without a stack trace.</summary>
internal sealed class StartRefusedException(string message, Exception? inner = null) : Exception(message, inner);
