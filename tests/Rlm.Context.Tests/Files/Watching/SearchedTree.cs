using System.Text;

namespace Rlm.Context.Tests.Files.Watching;

/// <summary>Files with lines to find, edited, moved, deleted and exchanged as a whole, and read by hand.</summary>
internal sealed class SearchedTree : IDisposable
{
    private static readonly string[] Folders = ["src", "lib", "a", "b"];
    private readonly Random _random;

    public SearchedTree(Random random)
    {
        _random = random;
        SwitchBranch();
    }

    /// <summary>Where they are.</summary>
    public TempFolder Folder { get; } = new();

    /// <summary>One thing happens; now and then one that cannot, and then nothing does.</summary>
    public void Edit()
    {
        try
        {
            switch (_random.Next(30))
            {
                case 0: SwitchBranch(); break;
                case < 4: File.Delete(Folder.At(AnyFile())); break;
                case 4: Directory.Delete(Folder.At(AnyFolder()), recursive: true); break;
                case < 9: File.Move(Folder.At(AnyFile()), Folder.At(AnyFile()), overwrite: true); break;
                case < 12: Directory.Move(Folder.At(AnyFolder()), Folder.At(AnyFolder())); break;
                case < 14: WriteByRename(); break;
                case 14: Folder.Link(AnyFile(), "../src"); break;
                default: Folder.Write(AnyFile(), AnyText()); break;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The path runs through a file, or the place is taken: nothing happens this time.
        }
    }

    /// <summary>path:line of each line with the word, in the order of the paths.</summary>
    public IEnumerable<string> Lines() => Files(Folder.FullPath).OrderBy(file => file.Path, StringComparer.Ordinal).SelectMany(file => LinesOf(file.Path, file.Bytes));

    public void Dispose() => Folder.Dispose();

    private static IEnumerable<string> LinesOf(string path, byte[] bytes)
    {
        var lines = bytes.Contains((byte)0) ? [] : Encoding.UTF8.GetString(bytes).Split('\n');
        for (var i = 0; i < lines.Length; i++)
            if (lines[i].Contains("foo", StringComparison.Ordinal)) yield return $"{path}:{i + 1}";
    }

    private IEnumerable<(string Path, byte[] Bytes)> Files(string folder)
    {
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos())
        {
            if (entry.LinkTarget is not null) continue;
            if (entry is DirectoryInfo)
                foreach (var file in Files(entry.FullName)) yield return file;
            else yield return (Path.GetRelativePath(Folder.FullPath, entry.FullName), File.ReadAllBytes(entry.FullName));
        }
    }

    // What git does: files of one branch go, those of the other come, in no time.
    private void SwitchBranch()
    {
        foreach (var file in Directory.GetFiles(Folder.FullPath, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }))
            if (_random.Next(3) > 0) File.Delete(file);
        for (var i = 0; i < 30; i++) Folder.Write(AnyFile(), AnyText());
    }

    // What editors do.
    private void WriteByRename()
    {
        var path = AnyFile();
        Folder.Write(path + "~", AnyText());
        File.Move(Folder.At(path + "~"), Folder.At(path), overwrite: true);
    }

    // Often of the same length as the one before, and sometimes binary at the same length.
    private byte[] AnyText()
    {
        var text = new StringBuilder();
        for (var line = _random.Next(4); line >= 0; line--) text.Append(_random.Next(16) switch { 0 => "b\0r\n", < 8 => "foo\n", _ => "bar\n" });
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private string AnyFolder() => string.Join('/', _random.GetItems(Folders, _random.Next(1, 4)));

    private string AnyFile() => AnyFolder() + "/f" + _random.Next(8);
}
