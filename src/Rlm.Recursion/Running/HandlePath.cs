using System.Text.RegularExpressions;

namespace Rlm.Recursion.Running;

/// <summary>Takes handles (<c>path:first-last@hash</c>) apart from the right, since a path may hold any of these characters.</summary>
internal static partial class HandlePath
{
    /// <summary>The path; what is no handle is taken for a path.</summary>
    public static string Of(string handle) => Form().Match(handle).Groups[1].Value;

    /// <summary>Path and lines, without the hash of the text: what still names the place when the text there has changed.</summary>
    public static string WithLines(string handle) => Hash().Replace(handle, "", 1);

    [GeneratedRegex(@"^(.+?)(?::\d+(?:-\d+)?)?(?:@[0-9a-f]{4,64})?$", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("@[0-9a-f]{4,64}$")]
    private static partial Regex Hash();
}
