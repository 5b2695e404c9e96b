using System.Text;

namespace Rlm.Mcp.Commands;

/// <summary>Where <c>--out FILE</c> puts an answer: UTF-8, to the byte, nothing added. Written beside and moved into place, so that a fault leaves what was there.</summary>
internal sealed class AnswerFile
{
    private readonly string _path;

    /// <param name="path">As an absolute path.</param>
    /// <param name="root">The root folder, below which nothing is ever written.</param>
    /// <exception cref="UsageException">It lies below the root, is a folder, or its folder is not there.</exception>
    public AnswerFile(string path, string root)
    {
        _path = path;
        if (PathTools.IsBelow(path, root)) throw new UsageException($"--out: {path} lies inside the root {root}, where nothing is ever written. Choose a file outside.");
        if (Directory.Exists(path)) throw new UsageException($"--out: {path} is a folder.");
        if (!Directory.Exists(Path.GetDirectoryName(path))) throw new UsageException($"--out: there is no folder {Path.GetDirectoryName(path)}.");
    }

    /// <summary>Writes it and gives the number of bytes.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public int Write(string answer)
    {
        var bytes = Encoding.UTF8.GetBytes(answer);
        var beside = $"{_path}.{Path.GetRandomFileName()}";
        try
        {
            using (var file = new FileStream(beside, FileMode.CreateNew, FileAccess.Write)) file.Write(bytes);
            File.Move(beside, _path, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
        return bytes.Length;
    }
}
