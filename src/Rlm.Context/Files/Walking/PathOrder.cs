namespace Rlm.Context.Files.Walking;

/// <summary>
/// Ordinal order of whole paths, decided among the entries of one folder: a folder stands where its paths stand, that is by its name
/// with a slash behind it (<c>a-b</c> &lt; <c>a/x</c> &lt; <c>a0</c>).
/// </summary>
internal static class PathOrder
{
    /// <summary>Compares a file with the paths below a folder.</summary>
    public static int CompareFileToFolder(ReadOnlySpan<char> file, ReadOnlySpan<char> folder) =>
        file.StartsWith(folder, StringComparison.Ordinal) ? file[folder.Length] - '/' : file.SequenceCompareTo(folder);

    /// <summary>Compares the paths below two different folders.</summary>
    public static int CompareFolders(ReadOnlySpan<char> left, ReadOnlySpan<char> right) =>
        left.StartsWith(right, StringComparison.Ordinal) && left.Length > right.Length ? left[right.Length] - '/'
        : right.StartsWith(left, StringComparison.Ordinal) && right.Length > left.Length ? '/' - right[left.Length]
        : left.SequenceCompareTo(right);
}
