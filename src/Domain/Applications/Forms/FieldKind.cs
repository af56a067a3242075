namespace JobServer.Domain.Applications.Forms;

/// <summary>What is asked for, which decides how a field is drawn and what is malformed.</summary>
public enum FieldKind
{
    Text,
    LongText,
    Email,
    Telephone,
    YesNo,

    /// <summary>A day as <c>yyyy-MM-dd</c>.</summary>
    Date,

    /// <summary>One of the options.</summary>
    Choice,

    /// <summary>Any number of the options.</summary>
    Checkboxes,
}
