namespace Rlm.Context.Projects.Manifests;

/// <summary>Go modules and workspaces.</summary>
internal static class GoManifest
{
    public static void ReadModule(Manifest manifest, string text)
    {
        manifest.Language = "go";
        foreach (var (word, rest) in Lines(text))
            switch (word)
            {
                case "module":
                    manifest.Name = rest.Trim('"');
                    break;
                case "go":
                    manifest.Targets.Add("go " + rest);
                    break;
                case "require":
                    var parts = rest.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                    if (parts.Length > 0) manifest.Names.Add((parts[0], string.Join(' ', parts.Take(2))));
                    break;
                case "replace" when rest.IndexOf("=>", StringComparison.Ordinal) is var arrow and >= 0 && rest[(arrow + 2)..].Trim() is var path && path.StartsWith('.'):
                    manifest.Paths.Add(path.Split(' ')[0]);
                    break;
            }
        if (manifest.Name is null) throw new FormatException("no module line");
    }

    public static void ReadWork(Manifest manifest, string text)
    {
        (manifest.Language, manifest.Kind, manifest.Name) = ("go", ProjectKinds.Workspace, "go.work");
        foreach (var (word, rest) in Lines(text))
            if (word == "use") manifest.Paths.Add(rest.Trim('"'));
            else if (word == "go") manifest.Targets.Add("go " + rest);
    }

    // Lines of a block in parentheses bear the block's word.
    private static IEnumerable<(string Word, string After)> Lines(string text)
    {
        string? block = null;
        foreach (var raw in text.Split('\n'))
        {
            var line = raw.Split("//")[0].Trim();
            if (line.Length == 0) continue;
            if (line == ")") block = null;
            else if (block is not null) yield return (block, line);
            else if (line.IndexOfAny([' ', '\t', '(']) is var cut and > 0)
            {
                var rest = line[cut..].Trim();
                if (rest == "(") block = line[..cut];
                else yield return (line[..cut], rest);
            }
        }
    }
}
