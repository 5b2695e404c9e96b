using System.Text;
using Rlm.Context.Files;

namespace Rlm.Context.Tests.Files;

/// <summary>RELIABILITY D01: random trees with links and random paths; a naive oracle says what each path is; both forms must say the same.</summary>
public class JailPropertyTests
{
    private const int PathsPerTree = 50;

    private static readonly string[] Names = ["a", "b", "c", "d"];

    [Fact]
    public void RandomTreesAndPaths_AgreeWithOracle()
    {
        var random = new Random(TestScale.Seed);
        var trees = TestScale.Cases(100_000) / PathsPerTree;
        for (var tree = 0; tree < trees; tree++)
        {
            using var folder = new TempFolder();
            folder.Write("outside/a", "OUTSIDE").Write("root2/a", "OUTSIDE").Folder("root");
            var oracle = Grow(random, folder);
            using var native = RootFolder.OpenRoot(folder.At("root"));
            using var portable = RootFolder.OpenRoot(folder.At("root"), portable: true);
            for (var i = 0; i < PathsPerTree; i++)
            {
                var path = RandomPath(random, 6, mayClimb: true);
                Check(native, oracle, path);
                Check(portable, oracle, path);
            }
        }
    }

    private static JailOracle Grow(Random random, TempFolder folder)
    {
        var oracle = new JailOracle();
        for (var i = random.Next(4, 24); i > 0; i--)
        {
            var folders = oracle.Nodes.Where(node => node.Value.Kind == EntryKind.Folder).Select(node => node.Key).ToList();
            var parent = folders[random.Next(folders.Count)];
            var name = Names[random.Next(Names.Length)];
            var path = parent == "" ? name : parent + "/" + name;
            if (!oracle.Nodes.ContainsKey(path)) Add(random, folder, oracle, path);
        }
        return oracle;
    }

    private static void Add(Random random, TempFolder folder, JailOracle oracle, string path)
    {
        switch (random.Next(10))
        {
            case < 3:
                folder.Folder("root/" + path);
                oracle.Nodes[path] = (EntryKind.Folder, "");
                break;
            case < 5:
                folder.Write("root/" + path, "in " + path);
                oracle.Nodes[path] = (EntryKind.File, "in " + path);
                break;
            case 5:
                folder.Fifo("root/" + path);
                oracle.Nodes[path] = (EntryKind.Special, "");
                break;
            default:
                var target = RandomTarget(random, folder);
                folder.Link("root/" + path, target);
                oracle.Nodes[path] = (EntryKind.Link, target);
                break;
        }
    }

    private static string RandomTarget(Random random, TempFolder folder) => random.Next(12) switch
    {
        0 => "../outside/a",
        1 => "../root2/a",
        2 => folder.At("outside/a"),
        3 => folder.At("root/a"),
        4 => "/dev/zero",
        5 => "../root/a",
        _ => RandomPath(random, 4, mayClimb: true),
    };

    private static string RandomPath(Random random, int longest, bool mayClimb)
    {
        var parts = Enumerable.Range(0, random.Next(1, longest + 1)).Select(_ => random.Next(10) switch
        {
            0 when mayClimb => "..",
            1 => ".",
            _ => Names[random.Next(Names.Length)],
        });
        var path = string.Join('/', parts);
        return random.Next(20) switch { 0 => path + "/", 1 => path.Replace("/", "//", StringComparison.Ordinal), 2 => "/" + path, _ => path };
    }

    private static void Check(RootFolder root, JailOracle oracle, string path)
    {
        var (place, fault) = oracle.Resolve(path, followLast: true);
        var expected = place is null ? fault.ToString() : oracle.Nodes[place] is { Kind: EntryKind.File } file ? file.Text + " at " + place : nameof(RootAccessFault.NotAFile);
        var (itself, _) = oracle.Resolve(path, followLast: false);
        var kind = itself is null ? EntryKind.None : oracle.Nodes[itself].Kind;
        var isFile = place is not null && oracle.Nodes[place].Kind == EntryKind.File;
        var actual = (Read(root, path), root.KindOf(new(path)), root.Stat(new(path)) is not null);
        Assert.True(actual == (expected, kind, isFile), $"seed {TestScale.Seed}, {root.GetType().Name}, '{path}': {actual} instead of {(expected, kind, isFile)} in\n{Show(oracle)}");
    }

    private static string Read(RootFolder root, string path)
    {
        try
        {
            using var handle = root.Open(new(path), out var stamp, out var real);
            var bytes = new byte[stamp.Bytes];
            RandomAccess.Read(handle, bytes, 0);
            return Encoding.UTF8.GetString(bytes) + " at " + real.Value;
        }
        catch (RootAccessException refusal)
        {
            return refusal.Fault.ToString();
        }
    }

    private static string Show(JailOracle oracle) => string.Join('\n', oracle.Nodes.OrderBy(node => node.Key, StringComparer.Ordinal).Select(node => $"{node.Key} {node.Value}"));
}
