using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Actors.Engine.Stores;

/// <summary>
/// File operations that last: a file's bytes are synced, and then the folder that names it, because a new name is lost
/// with the folder's last write even when the bytes are safe.
/// </summary>
internal static class DurableFile
{
    private const int OpenReadOnly = 0;

    /// <summary>Writes a file in one step: afterwards there is the old one or the new one, never a part.</summary>
    public static void Replace(string path, ReadOnlySpan<byte> bytes)
    {
        // The name is unique, so that two writers that do not know of each other do not write into one file.
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                file.Write(bytes);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }

        SyncFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>
    /// Syncs a file's bytes. MUST NOT be called on a database that is open in this process: closing any handle of a file
    /// gives up all the locks that the process has on it.
    /// </summary>
    public static void Sync(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Creates a folder and those above it that are not there, each name durable on return.</summary>
    public static void CreateFolder(string path)
    {
        if (Directory.Exists(path))
            return;

        var parent = Path.GetDirectoryName(Path.GetFullPath(path))!;
        CreateFolder(parent);
        Directory.CreateDirectory(path);
        SyncFolder(parent);
    }

    /// <summary>Syncs the names in a folder. Windows keeps them in its own journal and has no such call.</summary>
    public static void SyncFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;

        var handle = OpenHandle(folder, OpenReadOnly);
        if (handle < 0)
            throw Failed(folder, "be opened");
        try
        {
            if (SyncHandle(handle) != 0)
                throw Failed(folder, "be synced");
        }
        finally
        {
            _ = CloseHandle(handle);
        }
    }

    private static IOException Failed(string folder, string what)
    {
        var error = Marshal.GetLastPInvokeError();
        return new IOException($"Expected folder '{folder}' to {what}, found {new Win32Exception(error).Message}.", error);
    }

    // .NET opens no folders, so these three go to the C library.
    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int OpenHandle([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int SyncHandle(int handle);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int CloseHandle(int handle);
}
