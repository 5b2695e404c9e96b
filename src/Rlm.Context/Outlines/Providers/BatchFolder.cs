using System.Diagnostics;
using System.Globalization;

namespace Rlm.Context.Outlines.Providers;

/// <summary>
/// A private folder for one run of a provider: copies of texts under names of our own, so that neither names nor configuration files of a repository reach the program.
/// Gone after the run; what a killed process left is removed by a later one.
/// </summary>
internal sealed class BatchFolder : IDisposable
{
    private const string Prefix = "rlm-mcp-outlines-";
    private static readonly TimeSpan LeastAge = TimeSpan.FromHours(1);
    // A file system in memory, where there is one: creating and removing 600 files took 30 ms there and 150 ms on the disk.
    private const string InMemory = "/dev/shm";
    private const long LeastSpace = 64 << 20;

    private static readonly Lazy<string> Parent = new(FindParent);

    private readonly DirectoryInfo _folder;

    public BatchFolder()
    {
        // Nobody can have guessed the name, and it is made with rights for this user only.
        var path = System.IO.Path.Combine(Parent.Value, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}-{Guid.NewGuid():n}"));
        _folder = OperatingSystem.IsWindows() ? Directory.CreateDirectory(path) : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Texts = _folder.CreateSubdirectory("texts").FullName;
    }

    /// <summary>The folder's absolute path.</summary>
    public string Path => _folder.FullName;

    /// <summary>The folder in it for texts, which is where the program is started.</summary>
    public string Texts { get; }

    /// <summary>Writes one of the texts.</summary>
    public void WriteText(string name, ReadOnlySpan<byte> bytes) => File.WriteAllBytes(System.IO.Path.Combine(Texts, name), bytes);

    /// <summary>Writes a file beside the texts, in a folder of its own or in none, and gives its absolute path.</summary>
    public string Write(string folder, string name, string text)
    {
        var path = System.IO.Path.Combine(Directory.CreateDirectory(System.IO.Path.Combine(Path, folder)).FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <inheritdoc/>
    public void Dispose() => Remove(_folder);

    /// <summary>Removes folders of processes that are no more, if they are old enough not to belong to one that cannot be seen from here.</summary>
    public static void RemoveLeftovers(string parent, TimeProvider time)
    {
        try
        {
            foreach (var folder in new DirectoryInfo(parent).EnumerateDirectories(Prefix + "*"))
                if (time.GetUtcNow() - folder.LastWriteTimeUtc > LeastAge && !IsAlive(folder.Name)) Remove(folder);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // The system's own cleaning of temporary files takes them.
        }
    }

    private static string FindParent()
    {
        var disk = System.IO.Path.GetTempPath();
        var parent = OperatingSystem.IsLinux() && IsUsable(InMemory) ? InMemory : disk;
        RemoveLeftovers(disk, TimeProvider.System);
        if (parent != disk) RemoveLeftovers(parent, TimeProvider.System);
        return parent;
    }

    private static bool IsUsable(string parent)
    {
        try
        {
            if (!Directory.Exists(parent) || new DriveInfo(parent).AvailableFreeSpace < LeastSpace) return false;
            var probe = System.IO.Path.Combine(parent, $"{Prefix}{Guid.NewGuid():n}");
            Directory.CreateDirectory(probe);
            Directory.Delete(probe);
            return true;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false;
        }
    }

    private static bool IsAlive(string name)
    {
        var rest = name.AsSpan(Prefix.Length);
        if (rest.IndexOf('-') is not (> 0 and var end) || !int.TryParse(rest[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var id)) return false;
        try
        {
            using var process = Process.GetProcessById(id);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static void Remove(DirectoryInfo folder)
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // As above.
        }
    }
}
