using System.Text.Json.Nodes;

namespace Rlm.Mcp.Tests.Tools;

public sealed class ProjectsTests : IDisposable
{
    private readonly ToolBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void DotNet_ReadsSolutionsProjectsAndWhatTheyInherit()
    {
        _bench.Write("App.sln", "Microsoft Visual Studio Solution File, Format Version 12.00\nProject(\"{X}\") = \"App\", \"src\\App\\App.csproj\", \"{1}\"\nEndProject\nProject(\"{X}\") = \"Gone\", \"src\\Gone\\Gone.csproj\", \"{2}\"\nEndProject\n")
            .Write("App.slnx", "<Solution><Folder Name=\"/t/\"><Project Path=\"tests/App.Tests/App.Tests.csproj\" /></Folder></Solution>")
            .Write("Directory.Build.props", "<Project><PropertyGroup><Tfm>net10.0</Tfm><TargetFramework>$(Tfm)</TargetFramework></PropertyGroup></Project>")
            .Write("Directory.Packages.props", "<Project><ItemGroup><PackageVersion Include=\"Markdig\" Version=\"1.6.0\" /></ItemGroup></Project>")
            .Write("src/App/App.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><OutputType>Exe</OutputType></PropertyGroup><ItemGroup><ProjectReference Include=\"..\\Core\\Core.csproj\" /><PackageReference Include=\"Markdig\" /></ItemGroup></Project>")
            .Write("src/App/Program.cs", "class P { static void Main(string[] args) { } }\n")
            .Write("src/Core/Core.csproj", "<?xml version=\"1.0\"?><Project ToolsVersion=\"4.0\" xmlns=\"http://schemas.microsoft.com/developer/msbuild/2003\"><PropertyGroup Condition=\"x\"><TargetFrameworkVersion>v4.8</TargetFrameworkVersion><OutputType>Library</OutputType></PropertyGroup></Project>")
            .Write("src/Core/packages.config", "<packages><package id=\"Old\" version=\"1.2\" /></packages>")
            .Write("tests/App.Tests/App.Tests.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\"><ItemGroup><PackageReference Include=\"xunit.v3\"><Version>3.2.2</Version></PackageReference><ProjectReference Include=\"../../src/App/App.csproj;../../src/core/Core.csproj\" /></ItemGroup></Project>")
            .Write("tests/App.Tests/T.cs", "class T { }\n");
        Check("App [solution, solution] App.sln", "  holds: App, src/Gone/Gone.csproj (not here)", "App [solution, solution] App.slnx", "  holds: App.Tests", "App [program, csharp] src/App/App.csproj · net10.0 · 2 files · used by 1", "  uses: Core",
            "  starts: src/App/Program.cs:1", "  packages: Markdig 1.6.0", "Core [library, csharp] src/Core/Core.csproj · v4.8 · 2 files · used by 2", "  packages: Old 1.2", "App.Tests [tests, csharp] tests/App.Tests/App.Tests.csproj · net10.0 · 2 files", "  uses: App, Core", "  packages: xunit.v3 3.2.2");
        Assert.Equal(["src/App/App.csproj", "src/App/Program.cs"], FilesOf("project:App"));
        Assert.Equal(["src/App/Program.cs"], FilesOf("project:App & lang:csharp"));
    }

    [Fact]
    public void DotNet_ShowsWhichNamespacesUseWhich()
    {
        _bench.Write("a/A.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\" />").Write("a/Pump.cs", "namespace A.Core;\n\npublic class Pump { private class Inner { } }\n").Write("a/Item.cs", "namespace A\n{\n    class Item { }\n}\n")
            .Write("a/Use.cs", "using A.Core;\nnamespace A.Ui { class Use { Pump Pump; Item Item; Inner Inner; } }\n").Write("a/Blind.cs", "namespace A.Blind { class Blind { Pump Pump; } }\n")
            .Write("b/B.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\"><ItemGroup><ProjectReference Include=\"../a/A.csproj\" /></ItemGroup></Project>").Write("b/Usings.cs", "global using A.Core;\n").Write("b/B.cs", "namespace B { class B { Pump Pump; Item Item; } }\n")
            .Write("c/C.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\" />").Write("c/C.cs", "using A.Core;\nnamespace C { class C { Pump Pump; } }\n");
        Check("A [library, csharp] a/A.csproj · 5 files · used by 1", "  namespace A: 1 type, most named here Item 1", "  namespace A.Blind: 1 type", "  namespace A.Core: 1 type, most named here Pump 2", "  namespace A.Ui: 1 type → A 1, A.Core 1",
            "B [library, csharp] b/B.csproj · 3 files", "  uses: A", "  namespace B: 1 type → A.Core 1", "C [library, csharp] c/C.csproj · 2 files", "  namespace C: 1 type");
        // Of one project alone, what it uses of others is known as well.
        Assert.Contains("  namespace B: 1 type → A.Core 1", _bench.Lines("map", new { path = "project:B", view = "projects" }));
    }

    [Fact]
    public void Main_InAStringIsNoStart()
    {
        _bench.Write("a/A.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><OutputType>Exe</OutputType></PropertyGroup></Project>").Write("a/T.cs", "class T\n{\n    string s = \"static void Main() { }\";\n    static void Main()\n    {\n    }\n}\n");
        Check("A [program, csharp] a/A.csproj · 2 files", "  starts: a/T.cs:4");
    }

    [Fact]
    public void Node_ReadsWorkspacesOfAllThree()
    {
        _bench.Write("package.json", """{"name":"root","workspaces":{"packages":["libs/*","!libs/skip"]},"scripts":{"build":"tsc -b"}}""")
            .Write("libs/a/package.json", """{"name":"@x/a","main":"dist/a.js","dependencies":{"@x/b":"workspace:^1","react":"^18.0.0"},"devDependencies":{"typescript":"5.1"}}""")
            .Write("libs/b/package.json", """{ "name": "@x/b", /* comment */ "bin": {"b":"./cli.js"}, }""").Write("libs/skip/package.json", """{"name":"skip"}""")
            .Write("pn/pnpm-workspace.yaml", "packages:\n  - 'apps/**' # all\n  - \"tools\"\nother:\n  - no\n").Write("pn/package.json", """{"name":"pn","private":true}""").Write("pn/apps/web/package.json", """{"name":"web","scripts":{"dev":"vite"},"dependencies":{"t":"file:../../tools"}}""").Write("pn/tools/package.json", """{"name":"t"}""");
        Check("@x/a [library, typescript] libs/a/package.json · 1 file · used by 1", "  uses: @x/b", "  starts: main: dist/a.js", "  packages: react ^18.0.0, typescript 5.1", "@x/b [program, javascript] libs/b/package.json · 1 file · used by 2", "  starts: bin b: ./cli.js",
            "skip [library, javascript] libs/skip/package.json · 1 file", "root [library, javascript] package.json · 1 file", "  uses: @x/a, @x/b", "  starts: script build: tsc -b", "web [program, javascript] pn/apps/web/package.json · 1 file · used by 1", "  uses: t", "  starts: script dev: vite",
            "pn [library, javascript] pn/package.json · 2 files", "  uses: web, t", "t [library, javascript] pn/tools/package.json · 1 file · used by 2");
        Assert.Equal(["libs/b/package.json"], FilesOf("project:@x/b"));
    }

    [Fact]
    public void Python_ReadsAllItsForms()
    {
        _bench.Write("a/pyproject.toml", "[build-system]\nrequires = [\"x\"]\n[project]\nname = \"A.pkg\"\nrequires-python = \">=3.9\"\ndependencies = [\"B_lib>=1\", \"requests[socks]>=2 ; python_version<'4'\"]\n[project.scripts]\na = \"a:main\"\n")
            .Write("a/src/a/__main__.py", "x = 1\n").Write("a/tests/test_a.py", "def test_a(): pass\n")
            .Write("b/setup.py", "from setuptools import setup\nsetup(\n  name='b-lib',\n  install_requires=['six'],\n)\n").Write("b/setup.cfg", "[flake8]\nx = 1\n")
            .Write("c/setup.cfg", "[metadata]\nname = c\n[options]\ninstall_requires =\n    numpy\n    a.pkg\n[options.entry_points]\nconsole_scripts =\n    c = c:go\n")
            .Write("d/requirements-dev.txt", "# x\n-r other.txt\npytest==8\n-e ../b\n").Write("d/run.py", "if __name__ == '__main__':\n  pass\n")
            .Write("e/pyproject.toml", "[tool.poetry]\nname = \"e\"\n[tool.poetry.dependencies]\npython = \"^3.11\"\nrich = \"^13\"\nc = {path = \"../c\", develop = true}\n").Write("tool.toml/pyproject.toml", "[tool.ruff]\nx = 1\n");
        Check("A.pkg [program, python] a/pyproject.toml · python >=3.9 · 3 files, 1 of tests · used by 1", "  uses: b-lib", "  starts: script a: a:main, a/src/a/__main__.py", "  packages: requests[socks]>=2", "b-lib [library, python] b/setup.py · 2 files · used by 2", "  packages: six",
            "c [program, python] c/setup.cfg · 1 file · used by 1", "  uses: A.pkg", "  starts: script c: c:go", "  packages: numpy", "d [library, python] d/requirements-dev.txt · 2 files", "  uses: b-lib", "  starts: d/run.py:1", "  packages: pytest==8", "e [library, python] e/pyproject.toml · python ^3.11 · 1 file", "  uses: c", "  packages: rich ^13");
    }

    [Fact]
    public void GoRustAndTheJvm_AreRead()
    {
        _bench.Write("go/go.work", "go 1.22\nuse (\n\t./m\n\t./n\n)\n").Write("go/m/go.mod", "module ex.com/m\n\ngo 1.22\n\nrequire (\n\tex.com/n v0.0.0 // indirect\n\tgithub.com/x/y v1.2.3\n)\nreplace ex.com/n => ../n\n").Write("go/m/cmd/x/main.go", "package main\n\nfunc main() {}\n").Write("go/n/go.mod", "module ex.com/n\n")
            .Write("rs/Cargo.toml", "[workspace]\nmembers = [\"c/*\"]\n[workspace.dependencies]\nserde = \"1\"\ntwo = { path = \"c/two\" }\n").Write("rs/c/one/Cargo.toml", "[package]\nname = \"one\"\nedition = \"2021\"\n[dependencies]\ntwo.workspace = true\nserde = { workspace = true }\n").Write("rs/c/one/src/main.rs", "fn main() {}\n").Write("rs/c/two/Cargo.toml", "[package]\nname = \"two\"\n[dev-dependencies]\none = { path = \"../one\" }\n")
            .Write("mv/pom.xml", "<project><artifactId>up</artifactId><packaging>pom</packaging><modules><module>core</module></modules></project>").Write("mv/core/pom.xml", "<project><parent><artifactId>up</artifactId></parent><artifactId>core</artifactId><dependencies><dependency><artifactId>junit</artifactId><version>4</version><scope>test</scope></dependency></dependencies></project>").Write("mv/core/src/main/java/A.java", "class A {\n  public static void main(String[] a) {}\n}\n")
            .Write("gr/settings.gradle", "rootProject.name = 'gr'\ninclude 'app', ':lib'\n").Write("gr/app/build.gradle", "plugins { id 'application' }\ndependencies {\n  implementation project(':lib') // project(':no')\n  implementation 'g:h:1.0'\n}\n").Write("gr/lib/build.gradle.kts", "plugins { kotlin(\"jvm\") }\n");
        Check("ex.com/m [program, go] go/m/go.mod · go 1.22 · 2 files", "  uses: ex.com/n", "  starts: go/m/cmd/x/main.go:3", "  packages: github.com/x/y v1.2.3", "go.work [workspace, go] go/go.work · go 1.22", "  holds: ex.com/m, ex.com/n",
            "one [program, rust] rs/c/one/Cargo.toml · edition 2021 · 2 files · used by 1", "  uses: two", "  starts: rs/c/one/src/main.rs", "  packages: serde 1", "  uses: one", "  holds: one, two", "circle: one, two",
            "core [library, java] mv/core/pom.xml · 2 files", "  uses: up", "  starts: mv/core/src/main/java/A.java:2", "  packages: junit 4 (test)", "  holds: core", "app [program, java] gr/app/build.gradle · 1 file", "  uses: lib", "  packages: g:h 1.0", "lib [library, kotlin] gr/lib/build.gradle.kts · 1 file · used by 1", "  holds: app, lib");
        Assert.Equal(["rs/c/one/Cargo.toml", "rs/c/one/src/main.rs", "rs/c/two/Cargo.toml"], FilesOf("project:workspace"));
    }

    [Fact]
    public void BrokenAndHostileFiles_AreNamedAndCostNobodyElse()
    {
        _bench.Write("good/Good.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\"><ItemGroup><ProjectReference Include=\"../../../../etc/passwd\" /></ItemGroup></Project>")
            .Write("dtd/D.csproj", "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b SYSTEM \"file:///etc/passwd\">]><Project>&a;&b;</Project>").Write("open/O.csproj", "<Project><PropertyGroup>")
            .Write("deep/X.csproj", string.Concat(Enumerable.Repeat("<a>", 5_000))).Write("js/package.json", "{ not json").Write("deepjs/package.json", new string('[', 50_000)).Write("toml/Cargo.toml", "[package\n").Write("go/go.mod", "\0\0").Write("list/package.json", "[1]")
            .Write("slow/build.gradle", "include" + new string(' ', 300_000) + "x").Write("loop/L.csproj", "<Project><PropertyGroup><A>$(B)$(B)</A><B>$(A)$(A)</B><TargetFramework>$(A)</TargetFramework></PropertyGroup></Project>");
        var answer = _bench.Json("map", new { view = "projects" });
        var broken = answer.List("broken").ToDictionary(item => item.Str("path")!, item => item.Str("reason")!);
        foreach (var path in (string[])["dtd/D.csproj", "open/O.csproj", "deep/X.csproj", "js/package.json", "deepjs/package.json", "toml/Cargo.toml", "list/package.json"]) Assert.True(broken.ContainsKey(path), $"{path}: {answer.ToJsonString()}");
        Assert.Equal("JSON is broken at line 1", broken["js/package.json"]);
        var good = answer.List("projects").Single(project => project.Str("name") == "Good");
        Assert.Null(good.List("references").Single().Str("path"));
        Assert.Contains("broken: js/package.json: JSON is broken at line 1", _bench.Lines("map", new { view = "projects" }));
        Assert.DoesNotContain("root:", answer.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void SmallBudget_DegradesThenPages()
    {
        for (var number = 0; number < 120; number++) _bench.Write($"p{number:000}/P{number:000}.csproj", $"<Project><ItemGroup><PackageReference Include=\"Package.With.A.Name\" Version=\"{number}\" /><ProjectReference Include=\"../p{(number + 1) % 120:000}/P{(number + 1) % 120:000}.csproj\" /></ItemGroup></Project>");
        Assert.Contains(" · complete · snapshot", _bench.Lines("map", new { view = "projects", budget = 6_000 })[0], StringComparison.Ordinal);
        Assert.Contains("step: without packages", _bench.Lines("map", new { view = "projects", budget = 3_000 })[0], StringComparison.Ordinal);
        var pages = Paging.TextPages(_bench, "map", new() { ["view"] = "projects", ["budget"] = 500 });
        Assert.Contains("step: names", pages[0][0], StringComparison.Ordinal);
        Assert.Equal(120, pages.SelectMany(page => page).Count(line => line.Contains("[library, csharp]", StringComparison.Ordinal)));
        var names = Paging.Pages(_bench, "map", new() { ["view"] = "projects", ["budget"] = 500 }, "projects").SelectMany(page => page.List("projects")).Select(project => project.Str("name")).ToArray();
        Assert.Equal(Enumerable.Range(0, 120).Select(number => $"P{number:000}"), names);
        Assert.StartsWith("circle: P000, P001,", _bench.Lines("map", new { view = "projects" }).Single(line => line.StartsWith("circle:", StringComparison.Ordinal)));
    }

    [Fact]
    public void FoldersScopeAndSets_Narrow()
    {
        _bench.Write("a/A.csproj", "<Project />").Write("b/B.csproj", "<Project />").Write("b/x.cs", "class X { }\n");
        Assert.Equal(["B"], _bench.Json("map", new { view = "projects", path = "b" }).List("projects").Select(project => project.Str("name")));
        Assert.Equal(["A"], _bench.Json("map", new { view = "projects", @in = "a" }).List("projects").Select(project => project.Str("name")));
        _bench.Text("map", new { view = "projects", @as = "all" });
        Assert.Equal(2, _bench.Json("map", new { path = "@all" }).List("entries").First().Int("files"));
        Assert.StartsWith("bad_argument: view projects was asked of X, which names lines or symbols", _bench.Error("map", new { view = "projects", path = "X" }));
        Assert.Contains("no solution, project file, package or module is covered here", _bench.Lines("map", new { view = "projects", @in = "b/x.cs" }));
        Assert.StartsWith("unknown_path: project \"C\" is not known; 2 projects were found", _bench.Error("search", new { pattern = "x", @in = "project:C" }));
    }

    private void Check(params string[] expected)
    {
        var lines = _bench.Lines("map", new { view = "projects", budget = 20_000 });
        foreach (var line in expected) Assert.True(lines.Contains(line), $"missing: {line}\n{string.Join('\n', lines)}");
    }

    private IEnumerable<string?> FilesOf(string scope) => _bench.Json("map", new { @in = scope }).List("entries").Where(entry => entry.Str("kind") == "file").Select(entry => entry.Str("path"));
}
