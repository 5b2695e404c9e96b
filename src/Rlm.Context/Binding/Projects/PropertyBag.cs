using System.Text;
using Rlm.Context.Files;

namespace Rlm.Context.Binding.Projects;

/// <summary>
/// The properties of one evaluation and what texts mean with them: <c>$(Name)</c>, a handful of property functions, nothing else. Functions that are not known give
/// nothing and are noted: a project evaluated here is what most projects mean, not all that MSBuild could make of it. Paths in it begin at <c>/</c>, which is the repository's root.
/// </summary>
internal sealed class PropertyBag(Func<RepoPath, bool> exists)
{
    private const int MaxLength = 1 << 18, MaxProperties = 20_000, MaxDepth = 20;

    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _fixed = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Functions that were asked for and are not known.</summary>
    public SortedSet<string> Unknown { get; } = new(StringComparer.Ordinal);

    /// <summary>A property's value; empty when it has none.</summary>
    public string this[string name]
    {
        get => _values.GetValueOrDefault(name, "");
        set
        {
            if (!_fixed.Contains(name) && (_values.ContainsKey(name) || _values.Count < MaxProperties)) _values[name] = value;
        }
    }

    /// <summary>Sets a property that project files cannot change.</summary>
    public void Fix(string name, string value)
    {
        _values[name] = value;
        _fixed.Add(name);
    }

    /// <summary>Whether a file or folder of the repository is there.</summary>
    public bool Exists(string path) => PathOf(path, this["MSBuildThisFileDirectory"]) is { } found && exists(found);

    /// <summary>The text with its properties put in.</summary>
    public string Expand(string text) => Expand(text, 0);

    /// <summary>A path of a project file; null when it leaves the repository.</summary>
    /// <param name="path">With either slash, relative to the folder or from <c>/</c>.</param>
    /// <param name="folder">A folder's path as MSBuild writes it, <c>/src/A/</c>.</param>
    public static RepoPath? PathOf(string path, string folder)
    {
        var text = path.Trim().Replace('\\', '/');
        if (text.Length == 0) return null;
        return RepoPath.TryNormalize((text.StartsWith('/') ? text : folder + text).TrimStart('/'), out var found) ? found : null;
    }

    private string Expand(string text, int depth)
    {
        if (depth > MaxDepth || !text.Contains("$(", StringComparison.Ordinal)) return text;
        var made = new StringBuilder();
        for (var at = 0; at < text.Length && made.Length < MaxLength;)
        {
            var next = text.IndexOf("$(", at, StringComparison.Ordinal);
            var end = next < 0 ? -1 : Closing(text, next + 1);
            if (end < 0)
            {
                made.Append(text, at, text.Length - at);
                break;
            }
            made.Append(text, at, next - at).Append(ValueOf(text[(next + 2)..end].Trim(), depth));
            at = end + 1;
        }
        return made.Length > MaxLength ? made.ToString(0, MaxLength) : made.ToString();
    }

    private string ValueOf(string body, int depth)
    {
        if (body.StartsWith('[')) return StaticFunction(body, depth);
        var dot = body.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? this[body] : MemberFunction(this[body[..dot]], body[(dot + 1)..], depth);
    }

    private string StaticFunction(string body, int depth)
    {
        var open = body.IndexOf('(', StringComparison.Ordinal);
        var name = open < 0 ? body : body[..open];
        var arguments = open < 0 ? [] : Arguments(body[open..], depth);
        string At(int place) => place < arguments.Count ? arguments[place] : "";
        switch (name.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant())
        {
            case "[msbuild]::getpathoffileabove": return Above(At(0), At(1).Length > 0 ? At(1) : this["MSBuildThisFileDirectory"], withName: true);
            case "[msbuild]::getdirectorynameoffileabove": return Above(At(1), At(0), withName: false);
            case "[msbuild]::istargetframeworkcompatible": return Word(TargetFramework.Parse(At(0)).Takes(TargetFramework.Parse(At(1))));
            case "[msbuild]::gettargetframeworkidentifier": return Identifier(TargetFramework.Parse(At(0)));
            case "[msbuild]::gettargetframeworkversion": return TargetFramework.Parse(At(0)).Version.ToString(2);
            case "[msbuild]::gettargetplatformidentifier": return TargetFramework.Parse(At(0)).Platform;
            case "[msbuild]::valueordefault": return At(0).Length > 0 ? At(0) : At(1);
            case "[msbuild]::ensuretrailingslash": return At(0).EndsWith('/') || At(0).EndsWith('\\') ? At(0) : At(0) + "/";
            case "[msbuild]::normalizepath" or "[system.io.path]::combine" or "[system.io.path]::getfullpath": return string.Join('/', arguments.Select(part => part.Replace('\\', '/').TrimEnd('/')));
            case "[msbuild]::normalizedirectory": return string.Join('/', arguments.Select(part => part.Replace('\\', '/').TrimEnd('/'))) + "/";
            case "[msbuild]::isosplatform": return Word(At(0).Equals("Linux", StringComparison.OrdinalIgnoreCase));
            case "[system.string]::isnullorempty" or "[system.string]::isnullorwhitespace": return Word(string.IsNullOrWhiteSpace(At(0)));
            case "[system.io.path]::getfilename": return At(0)[(At(0).Replace('\\', '/').LastIndexOf('/') + 1)..];
            case "[system.io.path]::getdirectoryname": return At(0).Replace('\\', '/').LastIndexOf('/') is >= 0 and var slash ? At(0)[..slash] : "";
            default:
                Unknown.Add(name);
                return "";
        }
    }

    private string MemberFunction(string value, string call, int depth)
    {
        var open = call.IndexOf('(', StringComparison.Ordinal);
        var name = (open < 0 ? call : call[..open]).Trim().ToLowerInvariant();
        var close = open < 0 ? -1 : Closing(call, open);
        var arguments = close < 0 ? [] : Arguments(call[open..(close + 1)], depth);
        var first = arguments.Count > 0 ? arguments[0] : "";
        var result = name switch
        {
            "startswith" => Word(value.StartsWith(first, StringComparison.Ordinal)),
            "endswith" => Word(value.EndsWith(first, StringComparison.Ordinal)),
            "contains" => Word(value.Contains(first, StringComparison.Ordinal)),
            "equals" => Word(value == first),
            "replace" when first.Length > 0 => value.Replace(first, arguments.Count > 1 ? arguments[1] : "", StringComparison.Ordinal),
            "trim" => value.Trim(),
            "trimstart" => value.TrimStart(first.Length > 0 ? first.ToCharArray() : [' ']),
            "trimend" => value.TrimEnd(first.Length > 0 ? first.ToCharArray() : [' ']),
            "tolower" or "tolowerinvariant" => value.ToLowerInvariant(),
            "toupper" or "toupperinvariant" => value.ToUpperInvariant(),
            "substring" when int.TryParse(first, out var from) && from >= 0 && from <= value.Length => value.Substring(from, arguments.Count > 1 && int.TryParse(arguments[1], out var count) ? Math.Clamp(count, 0, value.Length - from) : value.Length - from),
            "indexof" => value.IndexOf(first, StringComparison.Ordinal).ToString(System.Globalization.CultureInfo.InvariantCulture),
            "length" => value.Length.ToString(System.Globalization.CultureInfo.InvariantCulture),
            _ => null,
        };
        if (result is null)
        {
            Unknown.Add("." + name);
            return "";
        }
        return close >= 0 && close + 1 < call.Length && call[close + 1] == '.' ? MemberFunction(result, call[(close + 2)..], depth + 1) : result;
    }

    // Of a text that begins with its opening parenthesis.
    private List<string> Arguments(string text, int depth)
    {
        var close = Closing(text, 0);
        if (close < 0) return [];
        var arguments = new List<string>();
        var (start, nested, quote) = (1, 0, '\0');
        for (var at = 1; at <= close; at++)
        {
            if (quote != '\0') quote = text[at] == quote ? '\0' : quote;
            else if (text[at] is '\'' or '"' or '`') quote = text[at];
            else if (text[at] == '(') nested++;
            else if (at < close && text[at] == ')') nested--;
            else if (at == close || (text[at] == ',' && nested == 0))
            {
                arguments.Add(Expand(text[start..at].Trim().Trim('\'', '"', '`'), depth + 1));
                start = at + 1;
            }
        }
        return arguments is [""] ? [] : arguments;
    }

    private static int Closing(string text, int open)
    {
        var (depth, quote) = (0, '\0');
        for (var at = open; at < text.Length; at++)
        {
            if (quote != '\0') quote = text[at] == quote ? '\0' : quote;
            else if (depth > 1 && text[at] is '\'' or '"' or '`' && text.IndexOf(text[at], at + 1) >= 0) quote = text[at];
            else if (text[at] == '(') depth++;
            else if (text[at] == ')' && --depth == 0) return at;
        }
        return -1;
    }

    private string Above(string file, string folder, bool withName)
    {
        for (var at = PathOf(folder + "/", "/") ?? RepoPath.Root; ; at = at.Parent)
        {
            if (PathOf(file, "/" + (at.IsRoot ? "" : at.Value + "/")) is { } found && exists(found)) return withName ? "/" + found.Value : at.IsRoot ? "/" : "/" + at.Value;
            if (at.IsRoot) return "";
        }
    }

    private static string Identifier(TargetFramework framework) => framework.Family switch
    {
        FrameworkFamily.Net or FrameworkFamily.NetCoreApp => ".NETCoreApp",
        FrameworkFamily.NetStandard => ".NETStandard",
        FrameworkFamily.NetFramework => ".NETFramework",
        _ => "",
    };

    private static string Word(bool value) => value ? "True" : "False";
}
