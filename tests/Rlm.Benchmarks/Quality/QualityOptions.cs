namespace Rlm.Benchmarks.Quality;

/// <summary>What <c>./rlm bench quality</c> was told.</summary>
internal sealed record QualityOptions
{
    /// <summary>How to call it.</summary>
    public const string Usage = "quality [--engine ranked|scan] [--only NAME] [--repo NAME FOLDER]… [--accept]";

    /// <summary>The engine's name; null for the one that the program uses.</summary>
    public string? Engine { get; private init; }

    /// <summary>Only the repository of that name; null for all.</summary>
    public string? Only { get; private init; }

    /// <summary>Folders by the name of their repository.</summary>
    public IReadOnlyDictionary<string, string> Folders { get; private init; } = new Dictionary<string, string>();

    /// <summary>Write the ranks as accepted.</summary>
    public bool Accept { get; private init; }

    /// <summary>Null when a word is not understood.</summary>
    public static QualityOptions? Parse(ReadOnlySpan<string> words)
    {
        var folders = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var options = new QualityOptions { Folders = folders };
        while (words.Length > 0)
        {
            int used;
            switch (words)
            {
                case ["--accept", ..]: (options, used) = (options with { Accept = true }, 1); break;
                case ["--engine", var engine, ..]: (options, used) = (options with { Engine = engine }, 2); break;
                case ["--only", var name, ..]: (options, used) = (options with { Only = name }, 2); break;
                case ["--repo", var name, var folder, ..]: (folders[name], used) = (folder, 3); break;
                default: return null;
            }
            words = words[used..];
        }
        return options;
    }
}
