using System.Net.Sockets;
using Npgsql;

namespace Actors.Engine.Stores.Postgres;

/// <summary>
/// The one place where an SQLSTATE, or a connection that failed, becomes a <see cref="StoreException"/>. Codes: PostgreSQL documentation,
/// appendix A.
/// </summary>
internal static class PostgresFaults
{
    private const string UndefinedDatabase = "3D000";
    private const string ReadOnly = "25006";
    private const string NotAllowed = "42501";

    /// <summary>A statement failed: its transaction is, or will be, rolled back.</summary>
    public static StoreException OfStatement(Exception cause, string name) => cause is PostgresException { SqlState: var state } answered
        ? OfState(state, answered, name)
        : new StoreUnavailableException($"{name}: expected an answer, found {Tell(cause)}", cause);

    /// <summary>
    /// A commit failed. Only an error (not the end of the session) of the classes below is raised before the commit record is written; anything
    /// else, silence included, leaves it open.
    /// </summary>
    public static StoreException OfCommit(Exception cause, string name) =>
        cause is PostgresException { InvariantSeverity: "ERROR" } refused && Class(refused.SqlState) is "23" or "40" or "53"
            ? OfState(((PostgresException)cause).SqlState, (PostgresException)cause, name)
            : new OutcomeUnknownException($"{name}: expected the commit to succeed, found {Tell(cause)}", cause);

    /// <summary>
    /// The server said that it committed, and warned. That happens when it stopped waiting for its synchronous standby: the transaction is
    /// there, but not on the standby, so it is not yet what "durable" means here.
    /// </summary>
    public static OutcomeUnknownException OfWarnedCommit(PostgresNotice warning, string name) =>
        new($"{name}: expected the commit to reach the synchronous standby, found {warning.SqlState}: {warning.MessageText}");

    /// <summary>Whether an exception is the database's and not ours.</summary>
    public static bool IsOfServer(Exception e) => e is NpgsqlException or SocketException or TimeoutException or IOException;

    /// <summary>Whether the session is gone: an idle one that the server closed shows it only when it is used next.</summary>
    public static bool EndsSession(Exception e) => e is PostgresException answered
        ? answered.InvariantSeverity is "FATAL" or "PANIC"
        : e is not NpgsqlException { InnerException: TimeoutException };

    private static StoreException OfState(string state, PostgresException cause, string name)
    {
        switch (Class(state))
        {
            case "53" when state == PostgresErrorCodes.DiskFull:
                return new StoreFullException($"{name}: expected room to write, found {Tell(cause)}", cause);
            case "42" when state != NotAllowed: // our statements are fixed, so this is a schema that is not what its version says
            case "3F":
            case "22":
            case "23": // a row above the head, or twice: the fence admits neither
            case "XX" when state != PostgresErrorCodes.InternalError:
                return new StoreCorruptException($"{name}: expected a sound database, found {Tell(cause)}", cause);
            case "28":
            case "3D" when state == UndefinedDatabase:
                return new StoreUnavailableException($"{name}: expected to be let in, found {Tell(cause)}", cause);
            default:
                return new StoreUnavailableException($"{name}: expected an answer, found {Tell(cause)}{Advice(state)}", cause);
        }
    }

    private static string Advice(string state) => state switch
    {
        NotAllowed => "; run 'actors db migrate' with --node-role for the role that the node connects as",
        ReadOnly => "; the server is a standby, or read-only: name the primary",
        _ => "",
    };

    private static string Tell(Exception cause) => cause is PostgresException answered
        ? $"{answered.SqlState}: {answered.MessageText}"
        : cause.InnerException is { } inner ? $"{cause.Message}: {inner.Message}" : cause.Message;

    private static string Class(string state) => state[..2];
}
