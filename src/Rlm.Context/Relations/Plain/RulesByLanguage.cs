using System.Collections.Frozen;

namespace Rlm.Context.Relations.Plain;

/// <summary>The lexical rules of the languages that are read as code, other than C#.</summary>
internal static class RulesByLanguage
{
    private static readonly StringRule Double = new("\"", "\""), Single = new("'", "'");

    private static readonly LexicalRules
        C = new(), Cpp = new() { RawForm = RawForm.Cpp },
        Java = new() { Strings = [new("\"\"\"", "\"\"\"", IsMultiLine: true), Double, Single], NameSigns = "$" },
        Kotlin = Java with { Strings = [new("\"\"\"", "\"\"\"", IsMultiLine: true, Hole: "${", HasEscapes: false, HasBareNames: true), new("\"", "\"", Hole: "${", HasBareNames: true), Single], NestsComments = true, NameSigns = "" },
        Script = new()
        {
            Strings = [new("`", "`", IsMultiLine: true, Hole: "${"), Double, Single], HasRegexLiterals = true, NameSigns = "$",
        },
        Python = new()
        {
            LineComments = ["#"], BlockComments = [],
            Strings =
            [
                new("f\"\"\"", "\"\"\"", IsMultiLine: true, Hole: "{"), new("f'''", "'''", IsMultiLine: true, Hole: "{"), new("f\"", "\"", Hole: "{"), new("f'", "'", Hole: "{"),
                new("\"\"\"", "\"\"\"", IsMultiLine: true), new("'''", "'''", IsMultiLine: true), Double, Single,
            ],
        },
        Go = new() { Strings = [new("`", "`", IsMultiLine: true, HasEscapes: false), Double, Single] },
        Rust = new() { RawForm = RawForm.Rust, Strings = [new("\"", "\"", IsMultiLine: true)], HasTicks = true, NestsComments = true },
        Swift = new() { RawForm = RawForm.Swift, Strings = [new("\"\"\"", "\"\"\"", IsMultiLine: true, Hole: "\\("), new("\"", "\"", Hole: "\\(")], NestsComments = true },
        Ruby = new() { HeredocSign = "<<", LineComments = ["#"], BlockComments = [("\n=begin", "\n=end")], Strings = [new("\"", "\"", IsMultiLine: true, Hole: "#{"), new("`", "`", Hole: "#{"), new("'", "'", IsMultiLine: true)], HasRegexLiterals = true },
        Php = new() { HeredocSign = "<<<", LineComments = ["//", "#"], Strings = [new("\"", "\"", IsMultiLine: true, Hole: "{$", HasBareNames: true), new("'", "'", IsMultiLine: true)] },
        Shell = new() { HeredocSign = "<<", HasSpacedHeredocs = true, LineComments = ["#"], BlockComments = [], Strings = [new("\"", "\"", IsMultiLine: true, Hole: "$", HasBareNames: true), new("'", "'", IsMultiLine: true, HasEscapes: false)] },
        Hash = new() { LineComments = ["#"], BlockComments = [] },
        Dash = new() { LineComments = ["--"], BlockComments = [], HasTicks = true },
        Lisp = new() { LineComments = [";"], BlockComments = [("#|", "|#")], Strings = [new("\"", "\"", IsMultiLine: true)], HasTicks = true, NameSigns = "-*?!<>=/+" };

    private static readonly FrozenDictionary<string, LexicalRules> Rules = new (string Languages, LexicalRules Rules)[]
    {
        ("cpp cuda", Cpp), ("c objc glsl hlsl proto thrift idl solidity verilog antlr zig", C), ("java groovy", Java), ("kotlin scala dart", Kotlin),
        ("javascript typescript tsx coffeescript", Script), ("python cython", Python), ("go", Go), ("rust", Rust), ("swift", Swift), ("ruby crystal", Ruby), ("php", Php), ("bash fish", Shell),
        ("perl awk r nim powershell graphql julia elixir makefile cmake", Hash), ("lua", Dash with { BlockComments = [("--[[", "]]")], HasTicks = false, Strings = [new("[[", "]]", IsMultiLine: true, HasEscapes: false), Double, Single] }),
        ("haskell elm", Dash with { BlockComments = [("{-", "-}")], NestsComments = true, Strings = [Double], NameSigns = "'" }), ("sql", new() { LineComments = ["--"], Strings = [new("'", "'", IsMultiLine: true, HasEscapes: false)] }),
        ("ada vhdl", Dash with { Strings = [Double] }), ("vb", new() { LineComments = ["'"], BlockComments = [], Strings = [new("\"", "\"", HasEscapes: false)] }),
        ("fsharp ocaml", new() { BlockComments = [("(*", "*)")], NestsComments = true, Strings = [new("\"\"\"", "\"\"\"", IsMultiLine: true, HasEscapes: false), new("$\"", "\"", Hole: "{"), new("\"", "\"", IsMultiLine: true)], HasTicks = true }),
        ("lisp scheme clojure", Lisp), ("erlang prolog", new() { LineComments = ["%"], BlockComments = [] }), ("pascal", new() { BlockComments = [("{", "}"), ("(*", "*)")], Strings = [Single] }), ("d", C), ("fortran", new() { LineComments = ["!"], BlockComments = [] }),
        ("tcl", Hash with { Strings = [new("\"", "\"", IsMultiLine: true, Hole: "[", HasBareNames: true)] }), ("terraform nix", Hash with { Strings = [new("\"", "\"", Hole: "${")] }),
    }.SelectMany(group => group.Languages.Split(' ').Select(language => (language, group.Rules))).ToFrozenDictionary(pair => pair.language, pair => pair.Rules);

    public static LexicalRules? Find(string language) => Rules.GetValueOrDefault(language);
}
