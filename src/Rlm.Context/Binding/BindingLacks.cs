using System.Globalization;

namespace Rlm.Context.Binding;

/// <summary>What a project was bound without.</summary>
/// <param name="Packages">Packages that are not on this machine.</param>
/// <param name="Frameworks">Target frameworks whose own assemblies are not here.</param>
/// <param name="Others">Anything else, a sentence each.</param>
internal sealed record BindingLacks(IReadOnlyList<string> Packages, IReadOnlyList<string> Frameworks, IReadOnlyList<string> Others)
{
    private const int Named = 4;

    /// <summary>One sentence for each kind, for several projects together.</summary>
    public static IReadOnlyList<string> Told(IReadOnlyCollection<BindingLacks> all)
    {
        var told = new List<string>();
        var packages = Distinct(all.SelectMany(lacks => lacks.Packages));
        if (packages.Length > 0) told.Add($"bound without packages that are not on this machine, so names from them are by syntax: {List(packages)}");
        var frameworks = Distinct(all.SelectMany(lacks => lacks.Frameworks));
        if (frameworks.Length > 0) told.Add($"bound against another framework's assemblies, for want of their own: {List(frameworks)}");
        var others = Distinct(all.SelectMany(lacks => lacks.Others));
        if (others.Length > 0) told.Add($"project files: {List(others)}");
        return told;
    }

    private static string[] Distinct(IEnumerable<string> words) => [.. words.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static string List(string[] words) => string.Join(", ", words.Take(Named)) + (words.Length > Named ? string.Create(CultureInfo.InvariantCulture, $" and {words.Length - Named:N0} more") : "");
}
