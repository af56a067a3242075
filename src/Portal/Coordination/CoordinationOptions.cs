using System.ComponentModel.DataAnnotations;

namespace JobServer.Portal.Coordination;

public sealed class CoordinationOptions
{
    public const string Section = "Portal:Coordinator";

    [Required]
    public Uri Address { get; set; } = new("http://127.0.0.1:5081");

    /// <summary>The same secret as <c>Coordinator:InternalToken</c>.</summary>
    [Required, MinLength(32)]
    public string InternalToken { get; set; } = "";
}
