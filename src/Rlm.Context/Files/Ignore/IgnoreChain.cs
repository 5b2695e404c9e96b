using System.Text;

namespace Rlm.Context.Files.Ignore;

/// <summary>
/// The ignore rules in force in a folder: its own files and, through <see cref="Parent"/>, those above. Deeper files beat higher ones,
/// <c>.rlmignore</c> beats the <c>.gitignore</c> beside it, and <c>.git/info/exclude</c> comes last. A folder with its own <c>.git</c>
/// is a repository of its own: <c>.gitignore</c> files above it do not reach inside. Immutable; only folders that have such files make a link of the chain.
/// </summary>
internal sealed class IgnoreChain
{
    private readonly Source? _rlm, _git, _exclude;
    private readonly int _baseLength, _baseBytes;
    private readonly bool _isRepository;

    /// <summary>One ignore file, the stamp that it was read under, and when.</summary>
    private sealed record Source(FileStamp Stamp, DateTimeOffset ReadAt, string Text, IgnoreFile Rules);

    private IgnoreChain(IgnoreChain? parent, RepoPath folder, IgnoreNames names, Source? rlm, Source? git, Source? exclude)
    {
        (Parent, _rlm, _git, _exclude, _isRepository) = (parent, rlm, git, exclude, names.HasFlag(IgnoreNames.Repository));
        _baseLength = folder.IsRoot ? 0 : folder.Value.Length + 1;
        _baseBytes = folder.IsRoot ? 0 : Encoding.UTF8.GetByteCount(folder.Value) + 1;
    }

    /// <summary>The rules above.</summary>
    public IgnoreChain? Parent { get; }

    /// <summary>The rules below a folder in which the named files were seen. Gives <paramref name="previous"/> itself when nothing about it has changed.</summary>
    public static IgnoreChain? Extend(IgnoreChain? parent, IgnoreNames names, RootFolder root, RepoPath folder, IgnoreChain? previous)
    {
        if (names == IgnoreNames.None) return parent;
        var rlm = Read(root, folder.Combine(".rlmignore"), names.HasFlag(IgnoreNames.RlmIgnore), previous?._rlm);
        var git = Read(root, folder.Combine(".gitignore"), names.HasFlag(IgnoreNames.GitIgnore), previous?._git);
        var exclude = Read(root, folder.Combine(".git/info/exclude"), names.HasFlag(IgnoreNames.Repository), previous?._exclude);
        var isSame = previous is not null && previous.Parent == parent && previous._isRepository == names.HasFlag(IgnoreNames.Repository)
            && previous._rlm?.Text == rlm?.Text && previous._git?.Text == git?.Text && previous._exclude?.Text == exclude?.Text;
        return isSame ? previous : new(parent, folder, names, rlm, git, exclude);
    }

    /// <summary>True when the entry is left out. Does not look at the folders above it: below an ignored folder nothing is asked.</summary>
    /// <param name="path">From the root.</param>
    /// <param name="isFolder">Whether it is a folder.</param>
    public bool Ignores(ReadOnlySpan<char> path, bool isFolder)
    {
        if (Ascii.IsValid(path)) return Ignores(path, isFolder, inBytes: false);
        // git and ripgrep match bytes: the two bytes of an é are two '?'. Text is matched as bytes, each in a character of its own.
        Span<byte> bytes = stackalloc byte[(PathText.MaxBytes * 2) + FolderScanner.MaxNameBytes];
        Span<char> wide = stackalloc char[bytes.Length];
        var length = Encoding.UTF8.GetBytes(path, bytes);
        Encoding.Latin1.GetChars(bytes[..length], wide);
        return Ignores(wide[..length], isFolder, inBytes: true);
    }

    private bool Ignores(ReadOnlySpan<char> path, bool isFolder, bool inBytes)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        var insideRepository = false;
        IgnoreChain? repository = null;
        for (var chain = this; chain is not null; chain = chain.Parent)
        {
            var relative = path[chain.Base(inBytes)..];
            var verdict = chain._rlm?.Rules.Match(relative, name, isFolder) ?? IgnoreVerdict.None;
            if (verdict == IgnoreVerdict.None && !insideRepository) verdict = chain._git?.Rules.Match(relative, name, isFolder) ?? IgnoreVerdict.None;
            if (verdict != IgnoreVerdict.None) return verdict == IgnoreVerdict.Ignore;
            if (chain._isRepository) repository ??= chain;
            insideRepository |= chain._isRepository;
        }
        return repository?._exclude?.Rules.Match(path[repository.Base(inBytes)..], name, isFolder) == IgnoreVerdict.Ignore;
    }

    private int Base(bool inBytes) => inBytes ? _baseBytes : _baseLength;

    private static Source? Read(RootFolder root, RepoPath path, bool isThere, Source? previous)
    {
        if (!isThere || root.Stat(path) is not { } stamp) return null;
        if (previous?.Stamp == stamp && stamp.IsSettled(previous.ReadAt)) return previous;
        try
        {
            var readAt = TimeProvider.System.GetUtcNow(); // to be compared with the kernel's times
            using var file = root.Open(path, out stamp);
            var bytes = new byte[Math.Min(IgnoreFile.MaxBytes, RandomAccess.GetLength(file))];
            var length = 0;
            for (int read; length < bytes.Length && (read = RandomAccess.Read(file, bytes.AsSpan(length), length)) > 0;) length += read;
            var text = Encoding.Latin1.GetString(bytes, 0, length);
            return new(stamp, readAt, text, previous?.Text == text ? previous.Rules : IgnoreFile.Parse(text));
        }
        catch (IOException)
        {
            // An ignore file that cannot be read hides nothing: more is covered, never less.
            return null;
        }
    }
}

/// <summary>Which names that matter for ignore rules a folder has.</summary>
[Flags]
internal enum IgnoreNames
{
    /// <summary>None.</summary>
    None = 0,
    /// <summary><c>.gitignore</c></summary>
    GitIgnore = 1,
    /// <summary><c>.rlmignore</c></summary>
    RlmIgnore = 2,
    /// <summary><c>.git</c></summary>
    Repository = 4,
}
