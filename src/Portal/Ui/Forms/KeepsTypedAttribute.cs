namespace JobServer.Portal.Ui.Forms;

/// <summary>What is typed into the form of this page outlives the sign-in: see <see cref="KeptForms"/>.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class KeepsTypedAttribute : Attribute;
