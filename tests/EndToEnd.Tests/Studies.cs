namespace JobServer.EndToEnd.Tests;

/// <summary>Small studies in Python.</summary>
internal static class Studies
{
    /// <summary>A project.yaml with one action, which runs the script of its name.</summary>
    public static string OneAction(string action, string level, string output, string image = "python:latest") => $"""
        version: '3.0'
        actions:
          {action}:
            run: {image} python {action}.py
            outputs:
              {level}:
                file: {output}
        """;

    /// <summary>A script that writes a text, which is not itself in the script.</summary>
    public static string Writing(string path, string text) => $"""
        import pathlib
        path = pathlib.Path("{path}")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("{new string([.. text.Reverse()])}"[::-1])
        """;
}
