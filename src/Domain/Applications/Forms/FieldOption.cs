namespace JobServer.Domain.Applications.Forms;

/// <param name="Value">What is stored; one line.</param>
public sealed record FieldOption(string Value, string Label)
{
    /// <summary>An option whose words are also what is stored, so that an answer can be read after the list has changed.</summary>
    public static FieldOption Of(string words) => new(words, words);
}
