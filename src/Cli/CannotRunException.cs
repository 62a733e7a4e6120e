namespace Actors.Cli;

/// <summary>The command cannot do its work; nothing is said about the ledger. Ends in one line on stderr and exit code 2.</summary>
public sealed class CannotRunException(string message, Exception? inner = null) : Exception(message, inner);
