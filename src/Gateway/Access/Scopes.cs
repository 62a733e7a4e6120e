namespace Actors.Gateway.Access;

/// <summary>What credentials can allow.</summary>
[Flags]
internal enum Scope
{
    None = 0,
    ReadOwn = 1,
    ReadAll = 2,
    Submit = 4,
    Admin = 8,
}

internal static class Scopes
{
    public const string ReadOwn = "read-own";
    public const string Names = "read-own, read-all, submit, admin";

    public static bool TryParse(string text, out Scope scope)
    {
        scope = text switch
        {
            ReadOwn => Scope.ReadOwn,
            "read-all" => Scope.ReadAll,
            "submit" => Scope.Submit,
            "admin" => Scope.Admin,
            _ => Scope.None,
        };
        return scope != Scope.None;
    }
}
