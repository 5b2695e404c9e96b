using System.Text;

namespace Rlm.Mcp.Commands;

/// <summary>Where <c>--out FILE</c> puts an answer and <c>--html FILE</c> a page: UTF-8, to the byte, nothing added. Written beside and moved into place, so that a fault leaves what was there.</summary>
internal sealed class AnswerFile
{
    private readonly string _path;

    private AnswerFile(string path) => _path = path;

    /// <summary>The file of an option.</summary>
    /// <param name="name">As it was typed.</param>
    /// <param name="option">For messages.</param>
    /// <param name="root">The root folder, below which nothing is ever written.</param>
    /// <param name="shell">Where relative names start.</param>
    /// <exception cref="UsageException">It is empty, lies below the root, is a folder, or its folder is not there.</exception>
    public static AnswerFile Of(string name, string option, string root, Shell shell)
    {
        if (name.Length == 0) throw new UsageException($"{option}: the name is empty.");
        var path = PathTools.Absolute(name, shell.StartFolder, new UserFolders(shell.Variable).Home);
        if (PathTools.IsBelow(path, root)) throw new UsageException($"{option}: {path} lies inside the root {root}, where nothing is ever written. Choose a file outside.");
        if (Directory.Exists(path)) throw new UsageException($"{option}: {path} is a folder.");
        return Directory.Exists(Path.GetDirectoryName(path)) ? new(path) : throw new UsageException($"{option}: there is no folder {Path.GetDirectoryName(path)}.");
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
