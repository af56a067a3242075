using JobServer.Portal.Ui;

namespace JobServer.Portal.Studies;

/// <summary>An action to draw.</summary>
/// <param name="Needs">Names; those that are not drawn are passed over.</param>
/// <param name="Tone">How its run is doing; null in a picture of no run.</param>
/// <param name="State">The same in a word.</param>
internal sealed record PipelineNode(string Name, IReadOnlyList<string> Needs, bool UsesDatabase, Tone? Tone = null, string State = "");
