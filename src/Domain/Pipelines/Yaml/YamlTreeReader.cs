using YamlDotNet.Core;

namespace JobServer.Domain.Pipelines.Yaml;

/// <summary>From text to a tree of values. Every failure of the parser is a problem with its place.</summary>
internal static class YamlTreeReader
{
    private const string SyntaxHint =
        "Check the indentation (blanks only, no tabs), the blank after each colon, and that quotes and brackets are closed.";

    /// <summary>The root, or null with at least one problem added.</summary>
    public static YamlNode? Read(string text, ProblemList problems)
    {
        var own = new FlowIndentation();
        try
        {
            return Compose(text, null, problems);
        }
        catch (InvalidOperationException)
        {
            // The scanner refuses a flow collection that goes on at or left of the column of its key, which is valid.
        }
        catch (YamlException e)
        {
            Refuse(e, null, problems);
            return null;
        }

        try
        {
            return own.Indent(text) is { } mended ? Compose(mended, own, problems) : Unreadable(problems);
        }
        catch (YamlException e)
        {
            Refuse(e, own, problems);
        }
        catch (InvalidOperationException)
        {
            Unreadable(problems);
        }

        return null;
    }

    private static YamlNode? Compose(string text, FlowIndentation? indentation, ProblemList problems)
    {
        using var reader = new StringReader(text);
        var composer = new YamlComposer(new Parser(new Scanner(reader, skipComments: true)), indentation, problems);
        return composer.Document();
    }

    private static YamlNode? Unreadable(ProblemList problems)
    {
        problems.Error("Y01", 1, 1, "The file is not well-formed YAML.", SyntaxHint);
        return null;
    }

    private static void Refuse(YamlException e, FlowIndentation? indentation, ProblemList problems)
    {
        var line = (int)Math.Clamp(e.Start.Line, 1, int.MaxValue);
        var column = (int)Math.Clamp(e.Start.Column, 1, int.MaxValue);
        if (indentation is not null) column = indentation.ColumnInFile(line, column);
        problems.Error("Y01", line, column, "The file is not well-formed YAML: " + Sentence(e.Message), SyntaxHint);
    }

    private static string Sentence(string message)
    {
        var text = message.Trim().TrimEnd('.');
        if (text.Length > 200) text = text[..200];
        return text.Length == 0 ? "it cannot be read." : char.ToLowerInvariant(text[0]) + text[1..] + ".";
    }
}
