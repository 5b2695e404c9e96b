namespace Rlm.Context.Files;

/// <summary>What Unix says about the kind of a file, in its two spellings.</summary>
internal static class UnixModes
{
    /// <summary>From the mode of stat(2).</summary>
    public static EntryKind KindOf(int mode) => KindOfEntry((mode >> 12) & 0xF)!.Value;

    /// <summary>From <c>d_type</c> of a folder entry; null when the file system did not say.</summary>
    public static EntryKind? KindOfEntry(int type) => type switch
    {
        0 => null,
        4 => EntryKind.Folder,
        8 => EntryKind.File,
        10 => EntryKind.Link,
        _ => EntryKind.Special,
    };
}
