namespace Rlm.Context.Files;

/// <summary>Why something below the root is not covered. The names in answers are <see cref="SkipReasons.NameOf"/>.</summary>
public enum SkipReason
{
    /// <summary>Left out by <c>.gitignore</c>, <c>.git/info/exclude</c> or <c>.rlmignore</c>.</summary>
    Ignored,
    /// <summary>A NUL byte in the first 8 KiB and no UTF-16 mark.</summary>
    Binary,
    /// <summary>On the list of secret files.</summary>
    Secret,
    /// <summary>A symbolic link (read on request when it stays inside; never walked).</summary>
    Link,
    /// <summary>A FIFO, device or socket.</summary>
    Special,
    /// <summary>The system refused to open or list it.</summary>
    Unreadable,
    /// <summary>A name that is not valid UTF-8.</summary>
    BadName,
    /// <summary>Deeper than the walk goes, or beyond the limit of entries.</summary>
    TooDeep,
}

/// <summary>Names of <see cref="SkipReason"/> as answers show them.</summary>
public static class SkipReasons
{
    /// <summary>How many reasons there are.</summary>
    internal const int Count = (int)SkipReason.TooDeep + 1;

    /// <summary>Lower case with underscores: <c>ignored</c>, <c>bad_name</c>.</summary>
    public static string NameOf(SkipReason reason) => reason switch
    {
        SkipReason.Ignored => "ignored",
        SkipReason.Binary => "binary",
        SkipReason.Secret => "secret",
        SkipReason.Link => "link",
        SkipReason.Special => "special",
        SkipReason.Unreadable => "unreadable",
        SkipReason.BadName => "bad_name",
        SkipReason.TooDeep => "too_deep",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };
}

/// <summary>One skipped file that is worth naming (secret, unreadable, special, bad name), for <c>map</c> and <c>doctor</c>.</summary>
/// <param name="Path">Its path; control and invalid characters escaped by <see cref="NameEscaping"/>.</param>
/// <param name="Reason">Why it was left out.</param>
public sealed record SkippedFile(string Path, SkipReason Reason);
