namespace Rlm.Recursion.Tests;

/// <summary>A folder that exists as long as the test does.</summary>
internal sealed class ScratchFolder : IDisposable
{
    public string Path { get; } = System.IO.Path.Join(System.IO.Path.GetTempPath(), "rlm-kept-" + Guid.NewGuid().ToString("n")[..12]);

    /// <summary>The one file in it, or in a folder of it, whose name ends so.</summary>
    public string File(string ending) => Directory.EnumerateFiles(Path, "*" + ending, SearchOption.AllDirectories).Single();

    public void Dispose()
    {
        if (Directory.Exists(Path)) Directory.Delete(Path, recursive: true);
    }
}
