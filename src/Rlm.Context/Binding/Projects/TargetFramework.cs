using System.Globalization;

namespace Rlm.Context.Binding.Projects;

/// <summary>The families of target frameworks.</summary>
internal enum FrameworkFamily
{
    /// <summary>None of the others, or not told.</summary>
    Unknown,
    /// <summary>.NET Framework.</summary>
    NetFramework,
    /// <summary>.NET Standard.</summary>
    NetStandard,
    /// <summary>.NET Core up to 3.1.</summary>
    NetCoreApp,
    /// <summary>.NET 5 and later.</summary>
    Net,
}

/// <summary>A target framework moniker, taken apart: <c>net8.0-windows</c>, <c>netstandard2.0</c>, <c>net472</c>.</summary>
/// <param name="Moniker">As it stands in the project, lower-case.</param>
/// <param name="Family">What it begins with.</param>
/// <param name="Version">Its version.</param>
/// <param name="Platform">What follows the dash; empty for none.</param>
internal sealed record TargetFramework(string Moniker, FrameworkFamily Family, Version Version, string Platform)
{
    private static readonly Version[] FrameworkVersions = [new(2, 0), new(3, 5), new(4, 0), new(4, 5), new(4, 5, 1), new(4, 5, 2), new(4, 6), new(4, 6, 1), new(4, 6, 2), new(4, 7), new(4, 7, 1), new(4, 7, 2), new(4, 8), new(4, 8, 1)];
    private static readonly Version[] CoreVersions = [new(1, 0), new(1, 1), new(2, 0), new(2, 1), new(2, 2), new(3, 0), new(3, 1)];
    private static readonly Version[] StandardVersions = [new(1, 0), new(1, 1), new(1, 2), new(1, 3), new(1, 4), new(1, 5), new(1, 6), new(2, 0), new(2, 1)];

    /// <summary>Reads a moniker; anything else is of an unknown family.</summary>
    public static TargetFramework Parse(string moniker)
    {
        var text = moniker.Trim().ToLowerInvariant();
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        var (word, platform) = dash < 0 ? (text, "") : (text[..dash], text[(dash + 1)..]);
        foreach (var (prefix, family) in new[] { ("netstandard", FrameworkFamily.NetStandard), ("netcoreapp", FrameworkFamily.NetCoreApp), ("net", FrameworkFamily.Net) })
        {
            if (!word.StartsWith(prefix, StringComparison.Ordinal)) continue;
            var digits = word[prefix.Length..];
            if (!digits.Contains('.', StringComparison.Ordinal) && family == FrameworkFamily.Net) return OfFramework(text, digits, platform);
            return Version.TryParse(digits, out var version) ? new(text, family, version, platform) : new(text, FrameworkFamily.Unknown, new(), platform);
        }
        return new(text, FrameworkFamily.Unknown, new(), platform);
    }

    /// <summary>From the property of an old-style project, <c>v4.7.2</c>.</summary>
    public static TargetFramework OfVersion(string version)
    {
        var digits = version.Trim().TrimStart('v', 'V');
        return Version.TryParse(digits, out var parsed) ? new("net" + digits.Replace(".", "", StringComparison.Ordinal), FrameworkFamily.NetFramework, parsed, "") : Parse("net48");
    }

    /// <summary>The one to look through of those that a project is built for: the newest .NET without a platform that this machine has, then the nearest to it.</summary>
    /// <param name="all">At least one.</param>
    /// <param name="newest">The major version of the .NET that is here.</param>
    public static TargetFramework Best(IEnumerable<TargetFramework> all, int newest) =>
        all.OrderBy(one => one.Family is FrameworkFamily.Net && one.Version.Major > newest)
            .ThenBy(one => one.Platform.Length > 0)
            .ThenByDescending(one => one.Family)
            .ThenByDescending(one => one.Version)
            .First();

    /// <summary>What the SDK defines for it: <c>NET</c>, <c>NET8_0</c>, <c>NET5_0_OR_GREATER</c> and so on.</summary>
    public IEnumerable<string> Constants => Family switch
    {
        FrameworkFamily.Net => [.. Named("NET", []), "NETCOREAPP", .. Above("NETCOREAPP", CoreVersions), .. Above("NET", [.. Enumerable.Range(5, Math.Clamp(Version.Major - 4, 0, 60)).Select(major => new Version(major, 0))])],
        FrameworkFamily.NetCoreApp => Named("NETCOREAPP", CoreVersions),
        FrameworkFamily.NetStandard => Named("NETSTANDARD", StandardVersions),
        FrameworkFamily.NetFramework => [.. Named("NETFRAMEWORK", []), "NET" + Digits(Version, ""), .. FrameworkVersions.Where(known => known <= Version).Select(known => $"NET{Digits(known, "")}_OR_GREATER")],
        _ => [],
    };

    /// <summary>Whether something made for another framework can be used by this one. After NuGet's table, without its portable profiles.</summary>
    public bool Takes(TargetFramework other)
    {
        if (other.Platform.Length > 0 && !Platform.StartsWith(other.Platform.TrimEnd("0123456789.".ToCharArray()), StringComparison.Ordinal)) return false;
        if (other.Family == Family) return other.Version <= Version;
        return (Family, other.Family) switch
        {
            (FrameworkFamily.Net, FrameworkFamily.NetCoreApp) => true,
            (FrameworkFamily.Net or FrameworkFamily.NetCoreApp, FrameworkFamily.NetStandard) => other.Version <= (Family == FrameworkFamily.Net || Version.Major >= 3 ? new(2, 1) : Version.Major >= 2 ? new Version(2, 0) : new(1, 6)),
            (FrameworkFamily.NetFramework, FrameworkFamily.NetStandard) => other.Version <= (Version >= new Version(4, 6, 1) ? new(2, 0) : Version >= new Version(4, 6) ? new Version(1, 3) : new(1, 1)),
            _ => false,
        };
    }

    private IEnumerable<string> Named(string word, Version[] known) => [word, $"{word}{Digits(Version, "_")}", .. Above(word, known)];

    private IEnumerable<string> Above(string word, Version[] known) => known.Where(one => Family == FrameworkFamily.Net || one <= Version).Select(one => $"{word}{Digits(one, "_")}_OR_GREATER");

    private static string Digits(Version version, string between) =>
        string.Join(between, new[] { version.Major, version.Minor, version.Build }.Where((part, at) => at < 2 || part > 0).Select(part => part.ToString(CultureInfo.InvariantCulture)));

    private static TargetFramework OfFramework(string moniker, string digits, string platform) =>
        digits.Length is >= 2 and <= 4 && digits.All(char.IsAsciiDigit)
            ? new(moniker, FrameworkFamily.NetFramework, digits.Length == 2 ? new(digits[0] - '0', digits[1] - '0') : new(digits[0] - '0', digits[1] - '0', digits[2] - '0'), platform)
            : new(moniker, FrameworkFamily.Unknown, new(), platform);
}
