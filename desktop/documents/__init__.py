"""Forms, lists, sheets and slips as PDF, with their QR codes; tables for the centre as workbooks."""
