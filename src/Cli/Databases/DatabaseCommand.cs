using System.CommandLine;
using System.Text.Json.Nodes;
using Actors.Cli.Terminals;
using Actors.Engine.Stores.Postgres;

namespace Actors.Cli.Databases;

/// <summary><c>actors db migrate</c>: makes the tables of a PostgreSQL database, or brings them up to date.</summary>
internal static class DatabaseCommand
{
    public static Command Create(CommandRunner runner) => new("db", "Prepare the PostgreSQL database that keeps chains.") { Migrate(runner) };

    private static Command Migrate(CommandRunner runner)
    {
        var store = StoreOption.Create("The database, as the role that owns the schema 'actors' or may create it.");
        var role = new Option<string?>("--node-role")
        {
            Description = "The role that nodes connect as: it is granted what they need, and no more. Without it no rights are changed.",
            HelpName = "ROLE",
        };
        var command = new Command("migrate", "Take the steps that the schema lacks. Running it again changes nothing.") { store, role };
        return runner.RunAsync(command, async (session, cancellation) =>
        {
            var (connection, nodeRole) = (StoreOption.Require(session, store), session.Find(role));
            Answer(session, await Task.Run(() => PostgresMigration.Run(connection, nodeRole), cancellation), nodeRole);
        });
    }

    private static void Answer(Session session, MigrationReport report, string? nodeRole)
    {
        var json = new JsonObject
        {
            ["database"] = report.Database,
            ["fromVersion"] = report.FromVersion,
            ["toVersion"] = report.ToVersion,
            ["steps"] = new JsonArray([.. report.Steps.Select(step => (JsonNode)step)]),
            ["nodeRole"] = nodeRole,
        };
        session.Answer(json, Table.Of(
            ("database", report.Database),
            ("schema", report.Steps.Count == 0 ? $"version {report.ToVersion}, nothing to do" : $"version {report.FromVersion} -> {report.ToVersion}: {string.Join(", ", report.Steps)}"),
            ("node role", nodeRole is null ? "no rights changed" : $"{nodeRole}: granted what a node needs")));
    }
}
