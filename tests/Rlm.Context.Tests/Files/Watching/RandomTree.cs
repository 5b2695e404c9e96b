namespace Rlm.Context.Tests.Files.Watching;

/// <summary>A folder in which random things happen: the few names meet often, so that files become folders, rules change and trees move over each other.</summary>
internal sealed class RandomTree(Random random) : IDisposable
{
    private static readonly string[] Folders = ["d", "e", "f", "drop", ".git"];
    private static readonly string[] Names = ["a.cs", "b", "c", ".env", ".gitignore", ".rlmignore", "d", "e", "exclude", "info", "drop"];
    private static readonly string[] Rules = ["drop\n", "drop\nb\n", "a*\n!b\n", "/c\nd/\n", "e\n!a.cs\n", ""];

    /// <summary>Where it happens.</summary>
    public TempFolder Folder { get; } = new();

    /// <summary>One thing happens; often one that cannot, and then nothing does.</summary>
    public void Edit()
    {
        try
        {
            EditOrFail();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The path runs through a file or a link, or stands for a folder: nothing happens this time.
        }
    }

    public void Dispose()
    {
        Unlock(Folder.FullPath);
        Folder.Dispose();
    }

    // What was locked on the way could not be deleted.
    private static void Unlock(string folder)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var below in Directory.GetDirectories(folder))
            if (new DirectoryInfo(below).LinkTarget is null) Unlock(below);
    }

    private void EditOrFail()
    {
        var path = AnyPath();
        switch (random.Next(16))
        {
            case 0: File.Delete(Folder.At(path)); break;
            case 1: Directory.Delete(Folder.At(path), recursive: true); break;
            case 2: Folder.Link(path, random.Next(2) == 0 ? "a.cs" : "../.gitignore"); break;
            case 3: Folder.Write(path, [0, 1]); break;
            case 4: Directory.Move(Folder.At(path), Folder.At(AnyPath())); break;
            case 5: Directory.Move(Folder.At(AnyFolder()), Folder.At(AnyFolder())); break;
            case 6: File.Move(Folder.At(path), Folder.At(AnyPath()), overwrite: true); break;
            case 7: Folder.Folder(AnyFolder()); break;
            case 8: Folder.Write(Join(AnyFolder(), ".gitignore"), Rules[random.Next(Rules.Length)]); break;
            case 9: Folder.Write(Join(AnyFolder(), ".git/info/exclude"), Rules[random.Next(Rules.Length)]); break;
            case 10: File.SetLastWriteTimeUtc(Folder.At(path), new DateTime(2020, 1, 1 + random.Next(9), 0, 0, 0, DateTimeKind.Utc)); break;
            case 11: Append(path); break;
            case 12 when !OperatingSystem.IsWindows(): File.SetUnixFileMode(Folder.At(path), random.Next(2) == 0 ? UnixFileMode.None : UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute); break;
            default: Folder.Write(path, Rules[random.Next(Rules.Length)]); break;
        }
    }

    // A write that is seen before the file is closed.
    private void Append(string path)
    {
        using var file = new FileStream(Folder.At(path), FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        file.Write("foo\n"u8);
    }

    private string AnyFolder() => string.Join('/', random.GetItems(Folders, random.Next(4)));

    private string AnyPath() => Join(AnyFolder(), Names[random.Next(Names.Length)]);

    private static string Join(string folder, string name) => folder.Length == 0 ? name : folder + "/" + name;
}
