using System.Globalization;
using System.Text;

namespace Rlm.Benchmarks.Recursion;

/// <summary>Folders to measure on: a copy of a given one, or one made up.</summary>
internal static class SyntheticFolder
{
    private const int Files = 200, Methods = 8;

    /// <summary>Copies what a server would serve of a folder, or nearly: no <c>.git</c>, no files over 4 MB, no links.</summary>
    public static void Copy(string source, string target)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        foreach (var file in Directory.EnumerateFiles(source, "*", options))
        {
            var path = Path.GetRelativePath(source, file);
            if (path.Split(Path.DirectorySeparatorChar)[0] == ".git" || new FileInfo(file).Length > 4 << 20) continue;
            var to = Path.Join(target, path);
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }
    }

    /// <summary>Writes 200 classes of 8 methods each.</summary>
    public static void Write(string target)
    {
        for (var at = 0; at < Files; at++)
        {
            var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"namespace Made;\n\npublic class Part{at}\n{{\n");
            for (var method = 0; method < Methods; method++)
                text.Append(CultureInfo.InvariantCulture, $"    public int Step{method}(int value)\n    {{\n        var step = value + {at * Methods};\n        return step * {method};\n    }}\n\n");
            var folder = Directory.CreateDirectory(Path.Join(target, string.Create(CultureInfo.InvariantCulture, $"src{at % 10}"))).FullName;
            File.WriteAllText(Path.Join(folder, string.Create(CultureInfo.InvariantCulture, $"Part{at}.cs")), text.Append("}\n").ToString());
        }
    }
}
