namespace Rlm.Context.Files;

/// <summary>
/// The one way to a file's text. A whole file comes from one handle, its stamp taken before and after: a file that was written to
/// meanwhile is read once more and then flagged. Secret files are refused under whatever link they are asked for. Safe for many threads.
/// </summary>
public sealed class FileReader(RootFolder root, ContextOptions options)
{
    /// <summary>Reads and decodes a file. The result has no text when the file is above <see cref="ContextOptions.MaxFileBytes"/>: see <see cref="OpenLarge"/>.</summary>
    /// <exception cref="RootAccessException">It is not there, leads outside, is secret, is no regular file, or the system refused it.</exception>
    public FileRead Read(RepoPath path)
    {
        byte[] buffer = [];
        Refuse(path, path);
        var length = root.ReadInto(ref buffer, path, options.MaxFileBytes, out var stamp, out var real, out var changed);
        Refuse(real, path);
        var bytes = buffer.AsSpan(0, Math.Max(length, 0));
        return new(length < 0 ? null : FileText.Decode(bytes), stamp, real, changed, TextSniffer.IsBinary(bytes));
    }

    /// <summary>
    /// Reads a whole file into the caller's buffer, which is exchanged for a larger one when it is too small, and gives the number of bytes;
    /// -1 when it is above <see cref="ContextOptions.MaxFileBytes"/> (stream it: <see cref="OpenLarge"/>). Allocates nothing else: made for scans of many files.
    /// </summary>
    /// <exception cref="RootAccessException">It is not there, leads outside, is secret, is no regular file, or the system refused it.</exception>
    public int ReadInto(ref byte[] buffer, RepoPath path, out FileStamp stamp) => ReadInto(ref buffer, path, out stamp, out _);

    /// <summary>As the other form; <paramref name="changed"/> says that the file was written to during both tries, so that the bytes may mix two versions.</summary>
    /// <exception cref="RootAccessException">It is not there, leads outside, is secret, is no regular file, or the system refused it.</exception>
    public int ReadInto(ref byte[] buffer, RepoPath path, out FileStamp stamp, out bool changed)
    {
        Refuse(path, path);
        var length = root.ReadInto(ref buffer, path, options.MaxFileBytes, out stamp, out var real, out changed);
        if (real != path) Refuse(real, path);
        return length;
    }

    /// <summary>Opens a file for reading by lines and for streaming, without ever holding all of it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="known">A line table made earlier; taken when its stamp still holds. Null: one is made when it is first needed.</param>
    /// <exception cref="RootAccessException">It is not there, leads outside, is secret, is no regular file, or the system refused it.</exception>
    public LargeText OpenLarge(RepoPath path, LineTable? known = null)
    {
        Refuse(path, path);
        var handle = root.Open(path, out var stamp, out var real);
        try
        {
            Refuse(real, path);
            return new(root, handle, stamp, known);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    private void Refuse(RepoPath real, RepoPath asked)
    {
        if (SecretFiles.IsRefused(PathText.Normalize(real), options))
            throw new RootAccessException(RootAccessFault.Secret, $"'{NameEscaping.Escape(asked.Value)}' is a secret file.");
    }
}

/// <summary>What <see cref="FileReader.Read"/> found.</summary>
/// <param name="Text">The text; null when the file is above the limit.</param>
/// <param name="Stamp">The version that was read.</param>
/// <param name="RealPath">Its path with all links resolved.</param>
/// <param name="Changed">It was written to during both tries: the text may mix two versions.</param>
/// <param name="IsBinary">Its first bytes are binary; the text is what decoding made of them.</param>
public sealed record FileRead(FileText? Text, FileStamp Stamp, RepoPath RealPath, bool Changed, bool IsBinary);
