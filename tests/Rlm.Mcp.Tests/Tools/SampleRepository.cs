using System.Text;

namespace Rlm.Mcp.Tests.Tools;

/// <summary>The small repository of the behaviour tests: one of everything that the contract speaks of.</summary>
internal static class SampleRepository
{
    public const string Shapes = """
        using System;

        namespace Geo
        {
            /// <summary>A shape.</summary>
            public abstract partial class Shape<T> : IShape, IDisposable where T : class
            {
                int a, b;

                /// <summary>Makes it.</summary>
                public Shape() { }

                ~Shape() { }

                public int this[int i] => i;
                public int this[string name] => 0;

                void IShape.Draw() { }

                public void Scale(int factor) { }
                public void Scale(double factor)
                {
                    int Twice(int x) => x * 2;
                    Draw(Twice(1));
                }
                public void Scale<U>(U by) { }

                public static Shape<T> operator +(Shape<T> x, Shape<T> y) => x;
                public static implicit operator int(Shape<T> x) => 0;

                public event EventHandler Changed;

                [Obsolete]
                public string Name { get; set; }

        #if DEBUG
                public void OnlyDebug() { }
        #endif

                public class Nested { public enum Color { Red, Green = 5 } }
                public delegate void Handler(int x);
                public record Point(int X, int Y);
            }

            public interface IShape { void Draw(); }
        }

        """;

    public static ToolBench Create(long maxFileBytes = 4 << 20)
    {
        var bench = new ToolBench { MaxFileBytes = maxFileBytes };
        bench.Write("src/Shapes.cs", Shapes).Write("src/Part.cs", "namespace Geo;\n\npartial class Shape<T> { public void Second() { } }\n").Write("src/Top.cs", "using System;\nConsole.WriteLine(\"needle\");\n")
            .Write("src/Crlf.cs", "class Crlf\r\n{\r\n    int needle;\r\n}\r\n").Write("src/Deep/Er/Leaf.cs", "class Leaf { /* Needle */ }\n")
            .Write("docs/guide.md", "# Guide\n\nhow to needle\n\n## Use\n\ntext\n").Write("tools/run.py", "def run():\n    needle = 1\n")
            .Write(":12", "colon\nneedle\n").Write("@x", "at\nneedle\n").Write("#", "hash\nneedle\n").Write("a b - c.txt", "blank\nneedle\n").Write("empty.txt", "").Write("nofinal.txt", "one\ntwo")
            .Write("long.txt", new string('x', 3_000) + "needle" + new string('y', 3_000) + "\nshort\n").Write("odd.txt", "one\rtwo\u2028three needle\nfour\n")
            .Write("utf16.txt", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("needle é\n")]).Write("bad.txt", [(byte)'n', 0xFF, (byte)'\n'])
            .Write(".env", "KEY=needle\n").Write("keys/id_rsa", "needle\n").Write(".gitignore", "ignored/\n").Write("ignored/i.cs", "class Ignored { /* needle */ }\n").Write("data.bin", [0, 1, 2]);
        if (!OperatingSystem.IsWindows()) bench.Write("bidi\u202e\u001b.txt", "needle\n").Link("link.cs", "src/Crlf.cs").Link("out.txt", "/etc/hostname");
        return bench;
    }
}
