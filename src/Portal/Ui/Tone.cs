namespace JobServer.Portal.Ui;

/// <summary>What a pill or message means; each tone has its own icon, so colour is never alone.</summary>
public enum Tone
{
    Neutral,
    Waiting,
    Active,
    Good,
    Bad,
    Warning,
}
