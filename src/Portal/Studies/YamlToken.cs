namespace JobServer.Portal.Studies;

/// <param name="Kind">What it is drawn as.</param>
internal readonly record struct YamlToken(YamlTokenKind Kind, string Text);
