using System.Diagnostics;

namespace Actors.Tests.Postgres;

/// <summary>A file system in memory of a size that is soon full, for whoever the server runs as. Only root can make one.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("actors-disk-").FullName;

    public SmallDisk(string size)
    {
        Run("mount", "-t", "tmpfs", "-o", $"size={size},mode=0777", "tmpfs", _folder);
        Path = System.IO.Path.Combine(_folder, "small");
        using var made = Process.Start(ServerUser.Start("mkdir", Path))!;
        made.WaitForExit();
    }

    /// <summary>An empty folder on it, of the server's user.</summary>
    public string Path { get; }

    /// <summary>Why there can be none here; null when there can.</summary>
    public static string? WhyNot()
    {
        try
        {
            new SmallDisk("1m").Dispose();
            return null;
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return e.Message;
        }
    }

    public void Resize(string size) => Run("mount", "-o", $"remount,size={size}", _folder);

    public void Dispose()
    {
        Run("umount", "-l", _folder);
        Directory.Delete(_folder);
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"Expected {program} to succeed, found: {errors}");
    }
}

/// <summary>A test that needs a <see cref="SmallDisk"/>; skipped, with the reason, where none can be had.</summary>
internal sealed class MountFactAttribute : FactAttribute
{
    public MountFactAttribute() => Skip = SmallDisk.WhyNot() is { } reason ? $"needs a small file system: {reason}" : null;
}
