using Microsoft.Extensions.Primitives;

namespace JobServer.Portal.Ui.Forms;

/// <summary>A form that was sent after the sign-in had ended, and not saved.</summary>
/// <param name="Fields">Null when it was too long to keep.</param>
internal sealed record KeptForm(IReadOnlyDictionary<string, string[]>? Fields)
{
    public StringValues this[string name] => Fields?.GetValueOrDefault(name);
}
