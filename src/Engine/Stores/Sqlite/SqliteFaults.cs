using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Actors.Engine.Stores.Sqlite;

/// <summary>
/// The one place where a result code of SQLite, or an error of the file system, becomes a <see cref="StoreException"/>.
/// </summary>
internal static class SqliteFaults
{
    private const int NoSpace = 28; // ENOSPC on Linux, macOS and the BSDs
    private const int DiskFull = unchecked((int)0x80070070); // ERROR_DISK_FULL, which .NET uses on Windows
    private const int PrimaryCodeMask = 0xFF;

    /// <summary>A statement failed: its transaction is, or will be, rolled back.</summary>
    public static StoreException OfStatement(int code, sqlite3 handle, string path)
    {
        var cause = CauseOf(code, handle);
        return (code & PrimaryCodeMask) == raw.SQLITE_IOERR && SystemError(handle) == NoSpace
            ? Full(path, cause)
            : Of(cause, path);
    }

    /// <summary>
    /// A commit failed. With SQLITE_FULL and SQLITE_BUSY the commit record was not written. With any other code it may
    /// have been, though not synced, and a recovery of the write-ahead log may find it.
    /// </summary>
    public static StoreException OfCommit(int code, sqlite3 handle, string path)
    {
        var cause = CauseOf(code, handle);
        return (code & PrimaryCodeMask) is raw.SQLITE_FULL or raw.SQLITE_BUSY
            ? Of(cause, path)
            : new OutcomeUnknownException($"'{path}': expected the commit to succeed, found {cause.Message}", cause);
    }

    public static StoreException Of(SqliteException cause, string path)
    {
        switch (cause.SqliteErrorCode)
        {
            case raw.SQLITE_FULL:
                return Full(path, cause);
            case raw.SQLITE_CORRUPT:
            case raw.SQLITE_NOTADB:
            case raw.SQLITE_FORMAT:
            case raw.SQLITE_CONSTRAINT: // a row above the head, or twice: the fence admits neither
            case raw.SQLITE_MISMATCH:
            case raw.SQLITE_ERROR: // our statements are fixed, so this is a table that is not what the version says
                return new StoreCorruptException($"'{path}': expected a sound database, found {cause.Message}", cause);
            default:
                return new StoreUnavailableException($"'{path}': expected an answer, found {cause.Message}", cause);
        }
    }

    public static StoreException Of(Exception cause, string path) =>
        cause.HResult is NoSpace or DiskFull
            ? Full(path, cause)
            : new StoreUnavailableException($"'{path}': expected the file system to answer, found {cause.Message}", cause);

    /// <summary>Does file work outside SQLite.</summary>
    public static T Files<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Of(e, path);
        }
    }

    /// <inheritdoc cref="Files{T}"/>
    public static void Files(string path, Action work) => Files(path, () => { work(); return true; });

    private static StoreFullException Full(string path, Exception cause) =>
        new($"'{path}': expected room to write, found {cause.Message}", cause);

    private static SqliteException CauseOf(int code, sqlite3 handle) =>
        new($"SQLite error {code & PrimaryCodeMask} ({code}): {raw.sqlite3_errmsg(handle).utf8_to_string()}.",
            code & PrimaryCodeMask, code);

    private static int SystemError(sqlite3 handle) => SystemErrorOf(handle.DangerousGetHandle());

    // The binding leaves this call out; without it a full disk under the shared-memory file looks like any I/O error.
    [DllImport("e_sqlite3", EntryPoint = "sqlite3_system_errno")]
    private static extern int SystemErrorOf(nint handle);
}
