using System.Text.Json.Serialization;

namespace JobServer.Outputs.Disclosure;

/// <summary>How grave a finding is; later ones are graver.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Severity>))]
public enum Severity
{
    /// <summary>Worth knowing; nothing has to be done.</summary>
    Information,

    /// <summary>No rule can decide it: a person must look.</summary>
    Review,

    /// <summary>Discloses, unless an output checker makes an exception in writing.</summary>
    Fail,

    /// <summary>The file stays at the site.</summary>
    Block,
}
