using System.Text;

namespace Rlm.Mcp.Tests.Tools;

/// <summary>Repositories of random shape: odd names, every kind of line end, encodings, C# of random structure, text, long lines.</summary>
internal static class RandomRepository
{
    public static readonly string[] Words = ["needle", "Needle", "hay", "Read", "Write", "value", "été", "日本", "x", "_id", "a.b", "#if", "𝒳y"];

    private static readonly string[] OddNames = [":12", "@x", "#", "a b", "a - b", "-x", "(g)", "esc\u001b[31m", "bidi\u202etxt", "new\nline", "t:3-4", "t:3", "t", "q\"q", "ünï", "b:1@00000000", "it's", "[z]", "z*", "~2", "c#D"];

    /// <summary>Fills a folder and gives the covered paths.</summary>
    public static SortedSet<string> Fill(ToolBench bench, Random random, int most = 25)
    {
        var paths = new SortedSet<string>(StringComparer.Ordinal);
        for (var count = random.Next(1, most); count > 0; count--)
        {
            var path = NewPath(random);
            if (paths.Any(other => other == path || other.StartsWith(path + "/", StringComparison.Ordinal) || path.StartsWith(other + "/", StringComparison.Ordinal))) continue;
            paths.Add(path);
            bench.Write(path, Content(path, random));
        }
        if (random.Next(2) == 0) bench.Write(".env", "needle=secret\n").Write("bin/data.bin", [0, 1, 2, (byte)'n']);
        return paths;
    }

    public static string NewPath(Random random)
    {
        var folders = string.Concat(Enumerable.Range(0, random.Next(4) == 0 ? random.Next(8) : random.Next(3)).Select(_ => Pick(random, "src", "a", "a-b", "deep", "x.y", "日本", "@f") + "/"));
        var name = random.Next(4) == 0 ? Pick(random, OddNames) : "f" + random.Next(40);
        return folders + name + Pick(random, ".cs", ".cs", ".cs", ".txt", ".md", ".py", ".log", ".json", "");
    }

    public static byte[] Content(string path, Random random)
    {
        var text = path.EndsWith(".cs", StringComparison.Ordinal) ? CSharp(random) : Lines(random);
        if (random.Next(4) == 0) text = text.Replace("\n", "\r\n", StringComparison.Ordinal);
        if (random.Next(5) == 0) text = text.TrimEnd('\n', '\r');
        if (random.Next(25) == 0) text = "";
        return random.Next(12) switch
        {
            0 => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)],
            1 => [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(text)],
            2 => [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)],
            3 => [.. Encoding.UTF8.GetBytes(text), 0xC3, (byte)'\n', 0xFF, (byte)'n'],
            _ => Encoding.UTF8.GetBytes(text),
        };
    }

    public static string Lines(Random random)
    {
        var text = new StringBuilder();
        for (var count = random.Next(40); count > 0; count--)
        {
            var words = random.Next(15) == 0 ? random.Next(2_000) : random.Next(8);
            // Titles are cut at 200 characters, perhaps inside a pair; such a name cannot be asked for.
            for (var all = words > 20 ? Words[..^1] : Words; words > 0; words--) text.Append(Pick(random, all)).Append(Pick(random, " ", " ", "\t", "", "\r", "\u2028", "."));
            text.Append(random.Next(10) == 0 ? "\n\n" : "\n");
        }
        return text.ToString();
    }

    public static string CSharp(Random random)
    {
        var text = new StringBuilder();
        if (random.Next(2) == 0) text.Append("using System;\n\nnamespace Ns.Part;\n\n");
        for (var types = random.Next(1, random.Next(12) == 0 ? 40 : 4); types > 0; types--) Type(text, random, 0);
        return text.ToString();
    }

    public static T Pick<T>(Random random, params T[] items) => items[random.Next(items.Length)];

    private static void Type(StringBuilder text, Random random, int depth)
    {
        var indent = new string(' ', depth * 4);
        var name = "T" + random.Next(9);
        if (random.Next(3) == 0) text.Append(indent).Append("/// <summary>Doc of ").Append(Pick(random, Words)).Append(" & more, as long as it may be.</summary>\n");
        text.Append(indent).Append(Pick(random, "class ", "partial class ", "struct ", "interface ", "record ", "public abstract class ")).Append(name).Append(random.Next(4) == 0 ? "<T>" : "").Append('\n').Append(indent).Append("{\n");
        for (var members = random.Next(random.Next(15) == 0 ? 60 : 7); members > 0; members--)
        {
            text.Append(indent).Append("    ").Append(random.Next(10) switch
            {
                0 => $"int f{members}, Needle{members};",
                1 => $"public {name}(int a) {{ }}",
                2 => $"static {name}() {{ }}",
                3 => $"public int this[int {Pick(random, "a", "b")}] => 1;",
                4 => $"public static {name} operator +({name} a, {name} b) => a;",
                5 => $"void IFoo.Bar{random.Next(3)}() {{ /* needle */ }}",
                6 => "#if DEBUG\n    public void OnlyDebug() { }\n#endif",
                7 => $"public string Prop{random.Next(4)} {{ get; set; }}",
                8 => $"public void Over({Pick(random, "int a", "string needle", "", "List<int> x, ref int y")})\n{indent}    {{\n{indent}        Read(\"{Pick(random, Words)}\");\n{indent}    }}",
                _ => $"void M{random.Next(5)}<U>(U u) => Write({random.Next(99)});",
            }).Append('\n');
            if (depth < 3 && random.Next(9) == 0) Type(text, random, depth + 1);
        }
        text.Append(indent).Append("}\n");
    }
}
