namespace Rlm.Context.Files;

/// <summary>Language ids (lower case, as <c>lang:</c> takes them) by file name, and their aliases.</summary>
public static class Languages
{
    /// <summary>The id for a file name; <c>text</c> when none is known.</summary>
    public static string OfFileName(string name) => throw new NotImplementedException();

    /// <summary>The id that a caller's word means (<c>c#</c>, <c>cs</c>, <c>ts</c>, <c>py</c>…), or null when unknown.</summary>
    public static string? Resolve(string word) => throw new NotImplementedException();

    /// <summary>All ids, ordinal order.</summary>
    public static IReadOnlyList<string> All => throw new NotImplementedException();
}
