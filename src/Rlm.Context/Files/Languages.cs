using System.Collections.Frozen;

namespace Rlm.Context.Files;

/// <summary>Language ids (lower case, as <c>lang:</c> takes them) by file name, and their aliases.</summary>
public static class Languages
{
    private const string Unknown = "text";

    /// <summary>Each language with its extensions; <c>h</c> is C++, which reads C as well.</summary>
    private static readonly (string Id, string Extensions)[] ByExtension =
    [
        ("ada", "adb ads"), ("antlr", "g4"), ("applescript", "applescript"), ("asciidoc", "adoc asciidoc"), ("assembly", "asm s nasm"), ("awk", "awk"),
        ("bash", "sh bash zsh ksh"), ("batch", "bat cmd"), ("bicep", "bicep"), ("c", "c"), ("clojure", "clj cljs cljc edn"), ("cmake", "cmake"), ("cobol", "cob cbl cpy"),
        ("coffeescript", "coffee"), ("cpp", "cpp cc cxx c++ h hpp hh hxx h++ inl ipp tpp"), ("crystal", "cr"), ("csharp", "cs csx cake"), ("css", "css"), ("csv", "csv tsv"),
        ("cuda", "cu cuh"), ("cython", "pyx pxd"), ("d", "d di"), ("dart", "dart"), ("diff", "diff patch"), ("elixir", "ex exs"), ("elm", "elm"), ("erlang", "erl hrl"),
        ("fish", "fish"), ("fortran", "f f90 f95 f03 f08 for"), ("fsharp", "fs fsi fsx"), ("gettext", "po pot"), ("glsl", "glsl vert frag geom comp"), ("go", "go"),
        ("graphql", "graphql gql"), ("groovy", "groovy gradle gvy"), ("haskell", "hs lhs"), ("hlsl", "hlsl fx fxh"), ("html", "html htm xhtml"), ("idl", "idl"),
        ("il", "il"), ("ini", "ini cfg conf properties editorconfig"), ("java", "java"), ("javascript", "js mjs cjs jsx"), ("json", "json jsonc json5 jsonl ndjson geojson webmanifest"),
        ("julia", "jl"), ("kotlin", "kt kts"), ("latex", "tex sty cls bib"), ("less", "less"), ("lisp", "lisp lsp cl el"), ("log", "log"), ("lua", "lua"),
        ("makefile", "mk mak"), ("markdown", "md markdown mdown mdx mkd"),
        ("msbuild", "csproj vbproj fsproj vcxproj proj props targets shproj projitems sqlproj wixproj esproj nuspec"), ("nim", "nim nims"), ("nix", "nix"), ("notebook", "ipynb"),
        ("objc", "m mm"), ("ocaml", "ml mli"), ("org", "org"), ("pascal", "pas dpr pp"), ("perl", "pl pm t"), ("php", "php phtml"), ("powershell", "ps1 psm1 psd1"),
        ("prolog", "pro"), ("proto", "proto"), ("python", "py pyi pyw"), ("r", "r rmd"), ("razor", "razor cshtml vbhtml"), ("rst", "rst"), ("ruby", "rb rake gemspec ru erb"),
        ("rust", "rs"), ("scala", "scala sc sbt"), ("scheme", "scm ss rkt"), ("scss", "scss sass"), ("solidity", "sol"), ("solution", "sln slnx slnf"), ("sql", "sql ddl dml"),
        ("svelte", "svelte"), ("swift", "swift"), ("tcl", "tcl"), ("terraform", "tf tfvars hcl"), ("text", "txt text"), ("thrift", "thrift"), ("toml", "toml"), ("tsx", "tsx"),
        ("typescript", "ts mts cts"), ("vb", "vb vbs bas"), ("verilog", "v vh sv svh"), ("vhdl", "vhd vhdl"), ("vim", "vim"), ("vue", "vue"), ("wasm", "wat"),
        ("xaml", "xaml axaml"), ("xml", "xml xsd xsl xslt resx config manifest plist rss svg wsdl ruleset nlog xmi xlf"), ("yaml", "yaml yml"), ("zig", "zig"),
    ];

    private static readonly (string Id, string Names)[] ByName =
    [
        ("bash", ".bashrc .bash_profile .profile .zshrc configure"), ("cmake", "CMakeLists.txt"), ("dockerfile", "Dockerfile Containerfile"),
        ("groovy", "Jenkinsfile"), ("ignore", ".gitignore .dockerignore .npmignore .eslintignore .rlmignore .ignore"),
        ("ini", ".gitconfig .gitmodules .gitattributes .editorconfig .npmrc .pylintrc"), ("json", ".babelrc .eslintrc .prettierrc composer.lock Pipfile.lock"),
        ("makefile", "Makefile GNUmakefile Makefile.am Makefile.in"), ("markdown", "README"), ("meson", "meson.build meson_options.txt"), ("msbuild", "Directory.Build.rsp"),
        ("python", "SConstruct SConscript wscript BUILD BUILD.bazel WORKSPACE Tiltfile"), ("ruby", "Rakefile Gemfile Vagrantfile Podfile Fastfile Brewfile"),
        ("toml", "Cargo.lock Pipfile poetry.lock uv.lock"), ("xml", "NuGet.Config packages.config"), ("yaml", ".clang-format .clang-tidy pnpm-lock.yaml"),
    ];

    private static readonly (string Id, string Words)[] Aliases =
    [
        ("bash", "sh shell zsh"), ("batch", "bat cmd"), ("cpp", "c++ cxx cc h hpp"), ("csharp", "c# cs"), ("elixir", "ex"), ("erlang", "erl"), ("fsharp", "f# fs"), ("go", "golang"), ("haskell", "hs"),
        ("html", "htm"), ("javascript", "js jsx node ecmascript"), ("julia", "jl"), ("kotlin", "kt"), ("latex", "tex"), ("makefile", "make mk"), ("markdown", "md"), ("msbuild", "csproj"), ("notebook", "jupyter ipynb"), ("objc", "objective-c objectivec"),
        ("perl", "pl"), ("powershell", "ps ps1 pwsh"), ("proto", "protobuf"), ("python", "py py3 python3"), ("razor", "cshtml"), ("ruby", "rb"), ("rust", "rs"), ("scss", "sass"), ("solution", "sln"),
        ("terraform", "tf hcl"), ("text", "txt plain plaintext"), ("typescript", "ts"), ("vb", "vbnet vb.net visualbasic"), ("yaml", "yml"), ("dockerfile", "docker"), ("graphql", "gql"),
    ];

    private static readonly FrozenDictionary<string, string> Extensions = Index(ByExtension, StringComparer.OrdinalIgnoreCase);
    private static readonly FrozenDictionary<string, string> Names = Index(ByName, StringComparer.OrdinalIgnoreCase);
    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>>
        ExtensionsBySpan = Extensions.GetAlternateLookup<ReadOnlySpan<char>>(), NamesBySpan = Names.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly string[] Ids = [.. Extensions.Values.Concat(Names.Values).Append(Unknown).Distinct().Order(StringComparer.Ordinal)];
    private static readonly FrozenDictionary<string, string> Words = Index([.. Aliases, .. Ids.Select(id => (id, id))], StringComparer.OrdinalIgnoreCase);

    /// <summary>All ids, ordinal order.</summary>
    public static IReadOnlyList<string> All => Ids;

    /// <summary>The id for a file name; <c>text</c> when none is known.</summary>
    public static string OfFileName(string name) => OfFileName(name.AsSpan());

    /// <summary>The id for a file name; <c>text</c> when none is known.</summary>
    public static string OfFileName(ReadOnlySpan<char> name)
    {
        if (name.LastIndexOf('.') is var dot and > 0 && ExtensionsBySpan.TryGetValue(name[(dot + 1)..], out var id) && !NamesBySpan.ContainsKey(name)) return id;
        if (NamesBySpan.TryGetValue(name, out id)) return id;
        // Dockerfile.alpine, Makefile.common
        return name.IndexOf('.') is var first and > 0 && NamesBySpan.TryGetValue(name[..first], out id) && id is "dockerfile" or "makefile" ? id : Unknown;
    }

    /// <summary>The id that a caller's word means (<c>c#</c>, <c>cs</c>, <c>ts</c>, <c>py</c>…), or null when unknown.</summary>
    public static string? Resolve(string word) => Words.GetValueOrDefault(word.Trim());

    private static FrozenDictionary<string, string> Index((string Id, string Keys)[] groups, StringComparer comparer) =>
        groups.SelectMany(group => group.Keys.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(key => (key, group.Id)))
            .ToFrozenDictionary(pair => pair.key, pair => pair.Id, comparer);
}
